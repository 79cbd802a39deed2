"""Do what the commands do: values in, frozen results out; nothing here prints or parses options.

- `accept.py`: accept imported translations
- `build.py`: choose, plan and build editions
- `catalogs.py`: plan, save and write catalogs; shared by several actions
- `check.py`: check translations and fix what is safe to fix; check built editions
- `desk/`: what the review desk does with a workspace that is kept open
- `diff.py`: compare sources with the catalogs of a language or with earlier versions
- `explain.py`: find the rule of a check
- `extract.py`: write catalog templates
- `fonts.py`: say which fonts cover the texts of each language
- `glossary.py`: find unverified terms and export the glossary
- `import_document.py`: make a source of a file of another program
- `import_translation.py`: fill a catalog from an existing translation
- `init.py`: create a workspace
- `keys.py`: make and open the key that releases are signed with
- `kit.py`: export kits for translators and import what comes back
- `language.py`: add languages to a workspace
- `mergeloss.py`: find what merges of git lost from catalogs
- `merge_po.py`: merge catalogs, and make git do so
- `page.py`: compose a translation as one XHTML page
- `predecessors.py`: begin the catalog of a renamed source with its old one
- `questions.py`: list what translators ask in the catalogs
- `release.py`: release editions and compare them with new builds
- `review.py`: list reviews, approve and reject sentences, prune ledgers
- `status.py`: read how far each translation is
- `tm.py`: export and import translation memories
- `update.py`: update catalogs after a change of the source
"""
