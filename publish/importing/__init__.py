"""Files of other programs read as documents: web pages, texts, and what pandoc can convert.

One reader makes documents of HTML (`read_html`), whether it was saved from the web or converted
from another format.  A page of the web is cut to its main part; HTML that a converter made is read
whole (`whole=True`).  Nothing is fetched, and whatever is not in the document is a `Loss`.

What a converter writes to have it read rightly:

| in the document | HTML |
|---|---|
| title, author, date … | `<title>`, `<meta name="author" content="…">`; names: `author` (several), `date` or `published`, `revised`, `description`, `keywords`, `subtitle`, `publisher`, `rights`; `<html lang="tk">` |
| heading | `<h1 id="x">`; levels may be skipped; the id is that of links within the file |
| list | `<ul>`, `<ol start="3" type="a">` (`1 a A i I`); `<li value="7">` begins a list anew; a task: `<li><input type="checkbox" checked>` |
| terms | `<dl>` |
| table | `<table><caption>`, `<thead>`, `<th>`, `colspan`, `rowspan`, `align` or `style="text-align:right"` |
| picture | `<img src="KEY" alt="…" width="50%">`, where KEY is a key of `pictures`; `role="presentation"` for one that shows nothing; with a caption: `<figure><img …><figcaption>…</figcaption></figure>` |
| note | its mark: `<a class="footnote-ref" href="#fn1">1</a>`; its text, anywhere: `<aside class="footnote" id="fn1"><p>…</p></aside>`, with any blocks; `data-label` is its label in the source.  The words of the mark are no words of the text |
| quotation | `<blockquote>` |
| box | `<aside class="note">`, or `tip`, `important`, `warning`, `caution`; `<details><summary>`; its title: `<p class="title">` first |
| formula | `<span class="math inline">TeX</span>`, `<div class="math display">TeX</div>`, or `<math>` with an annotation `application/x-tex` |
| marks | `<em> <strong> <s> <u> <sub> <sup> <kbd> <code> <br> <a href>`; an internal link: `href="#id"`; a bookmark: `<a id="x"></a>` |
| code | `<pre>` |
| break | `<hr>` |
| note to the translator | `data-note="…"` on `p`, `li`, `h1` … `h6`, `td`, `th`; `data-ctx="…"` for a msgctxt; `data-whole` for a block that is one sentence; `data-id` is the id of a figure or table in the source |
| no part of the text | `<del class="lost" data-kind="comment" data-place="page 3">words</del>`, inline or around blocks: the words are listed as lost, with this place or the place in the document |
| in another place than in the file | `data-moved="page 3, text box"` on an element: its words stay, and are listed as moved from there |

Files:

- `results.py`: what an import gives: a document, its pictures, its losses
- `words.py`: the words of texts and documents, and how they are counted
- `accounting.py`: the words that are neither in the document nor in the list of losses
- `foreign.py`: reads a file, whatever its kind; a saved page with its folder
- `pandoc.py`: formats that only pandoc reads
- `pdfreader.py`: the text of a PDF, as a last resort
- `settling.py`: a text as a source has it
- `usable.py`: pictures that editions can show, and descriptions
- `writable.py`: texts whose marks Markdown cannot express
- `keeping.py`: what a source keeps when its file is imported again
- `losslist.py`: the list of losses as a file, and in words
- `plaintext/`: plain texts; `plaintext/textreader.py` has `read_text`
- `word/`: Word files; `word/documents.py` has `read_word_document`
- `markup/`: HTML; `markup/pagereader.py` has `read_html`
"""  # noqa: E501
