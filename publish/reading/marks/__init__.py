"""The marks within a text: inline Markdown, its dialects, and the text of msgids.

- `addresses.py`: web and mail addresses that an edition can contain
- `attributes.py`: block attributes, `{#id ctx="…" note="…" whole}`: after a heading or before
  other text
- `bareaddresses.py`: addresses in running text, such as https://example.org/ or name@example.org,
  become links
- `canonical.py`: inline trees to canonical inline Markdown: the text of msgids
- `dialectmarks.py`: marks of other dialects and of template languages, which would be printed as
  they are typed
- `dialects.py`: marks of GitHub's, pandoc's and other dialects, which only sources may have
- `formulas.py`: formulas in TeX, read as MathML
- `htmlmarks.py`: HTML in running text: the elements that Markdown has marks for, or that change
  no text
- `imagemarks.py`: how sources write images: `![what](a file.png){width=50%}`, beyond what
  CommonMark has
- `inline.py`: inline Markdown to inline trees: for sources, msgids and msgstrs
- `inlinerules.py`: marks that Markdown lacks: footnote marks, formulas, and five elements of HTML
- `nearmarks.py`: text that was probably meant as Markdown, and is printed as typed or run together
- `quickinline.py`: the loop over inline rules, asking only the rules that may begin with the
  character at hand
- `sizes.py`: sizes of images, as Markdown and HTML write them
- `sourcetext.py`: what only the text of sources has: marks that are passed over, notes inside a
  text, addresses
- `typedmarks.py`: sets quotation marks, dashes and ellipses that are typed as keyboards have them
"""
