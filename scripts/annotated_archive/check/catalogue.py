"""Every rule id a diagnostic can carry, with what it means and how to mend it; a page of the site lists them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A rule: its id, what it finds, why that matters."""

    id: str
    finds: str
    why: str


CATALOGUE: dict[str, Rule] = {
    rule[0]: Rule(*rule)
    for rule in (
        # Reading files
        ("ARCHIVE-MISSING", "No folder `archive` where one was expected.", "Every command works on the folder that holds `archive/`, `docs/` and `mkdocs.yml`; name it with `-C`."),
        ("FILE-STRAY", "A file of another kind among the records, or a folder.", "What is not read is not reviewed; each folder holds one kind of file."),
        ("FILE-LINK", "A symbolic link, to a file or to a folder.", "A link could point outside the archive, and what lies there would be published. Put the file itself here."),
        ("FILE-CHANGED", "A file that was changed by somebody else while a command was reading it.", "What was read before and what stands there now do not belong together; run the command again."),
        ("FILE-NAME", "A file or folder whose name is not UTF-8, or holds a control or bidirectional character.", "Such a name shows as another, breaks off the line that reports it, and cannot be an address."),
        ("TEXT-FILE", "A device or folder instead of an ordinary file.", "Reading it might never end."),
        ("TEXT-SIZE", "A file larger than 20 MB.", "Records are read whole; one this large is a mistake or an attack."),
        ("TEXT-ENCODING", "Bytes that are not UTF-8, or a byte-order mark.", "All records are UTF-8 without a byte-order mark, so that offsets and checksums mean the same everywhere."),
        ("TEXT-LINE-END", "A carriage return.", "Records use Unix line ends; others change checksums."),
        ("ARTICLE-FENCE", "Front matter that is not between two lines `---`.", "Without the fences a program cannot tell the record from the text."),
        # YAML
        ("YAML-SYNTAX", "Text that is not YAML, or YAML beyond the subset used here.", "See “Formats”: block style, plain keys, one document in a file."),
        ("YAML-TAB", "A tab in the indentation.", "YAML forbids it; indent with spaces."),
        ("YAML-DUPLICATE-KEY", "A key that stands twice in one mapping.", "Programs keep one of the two and drop the other silently."),
        ("YAML-ANCHOR", "An anchor (`&`) or alias (`*`).", "A few lines of aliases can expand to gigabytes, and reviewers do not see what a line says."),
        ("YAML-TAG", "A tag (`!`).", "Tags can call code in some programs."),
        ("YAML-DEPTH", "Nesting deeper than 50 levels.", "No record needs it, and deep nesting crashes some readers."),
        ("YAML-SIZE", "A YAML file of more than ten million characters.", "No record is that long."),
        # Records
        ("SCHEMA", "A value that is missing, of the wrong type or not in the list.", "The JSON Schemas beside the records say what each key takes."),
        ("SCHEMA-UNKNOWN-KEY", "A key the schema does not know.", "A misspelt key would otherwise vanish without a word."),
        ("SCHEMA-KIND", "A record in the folder of another kind.", "Ids and addresses follow the folder."),
        ("ID-FILE-NAME", "An id that is not the file's name.", "Records are found by their file names."),
        ("ID-DUPLICATE", "An id that two records share.", "Ids are unique across articles, authority files of all kinds and works: a link must mean one thing."),
        ("REF-UNKNOWN", "A reference to a record that does not exist.", "It would lead nowhere on the site."),
        ("REF-KIND", "A reference to a record of the wrong kind.", "For example an actor in a list of places."),
        ("REF-CYCLE", "A place that lies within itself, or an event that is part of itself.", "The chain of `within` or `part_of_event` must end somewhere."),
        ("CITE-MISSING", "A statement without a citation.", "Everything said outside an article cites the work it rests on."),
        ("CITE-UNKNOWN", "A citation of a work that is not in the bibliography.", "A reader could not follow it."),
        ("BIB-UNUSED", "A work that nothing cites and that is not marked `listed: true`.", "The bibliography shows what the archive rests on, no more."),
        ("DATE-ORDER", "An end before its beginning, or entry into force before signature.", "One of the two dates is wrong."),
        ("ARTICLE-DATE", "A date without `date_source`, or the reverse.", "A reader must see how a date is known; a date that nobody knows stays empty."),
        ("ARTICLE-SOURCE", "A `source` that is not an outlet or agency.", "The source of an article is the outlet that published this copy."),
        ("ARTICLE-BODY", "An article published in full without a body, or the reverse.", "What may not be published in full has no body in this repository."),
        ("ARTICLE-BLOCK", "A number under `blocks` beyond the last block.", "Blocks are counted from 1, in the order of the text."),
        ("TEXT-CANONICAL", "A body that is not a canonical text.", "Offsets count in it: it is NFC, its blocks stand apart by one blank line, and it holds no control or bidirectional characters."),
        ("TEXT-UNICODE", "A value that is not NFC, or holds a control or bidirectional character.", "Such characters can make a name look like another."),
        # Originals
        ("MANIFEST-LINE", "A line of `manifest-sha256.txt` that is not `hash  path`, leaves the folder or names a path twice.", "`sha256sum -c` must work in the folder."),
        ("ORIGINAL-MISSING", "An original that is named but not there.", "Nothing proves an article without its original."),
        ("ORIGINAL-UNLISTED", "A file among the originals that the manifest does not name.", "Every original has its checksum."),
        ("ORIGINAL-HASH", "An original whose checksum is not the one recorded.", "The file was changed. Restore it; originals are never edited."),
        ("LEDGER-MISSING", "An article without a ledger, or a ledger without an article.", "The ledger says what was set aside between original and article."),
        ("LEDGER-REBUILD", "Body and ledger do not give back the original.", "One of them was edited. Undo that: a slip in the text is noted beside it, never mended in it."),
        # Rights
        ("RIGHTS-TEXT", "An article that is not published in full, without the checksum of its text.", "With `text: {sha256, characters}` anyone who lawfully holds the text can check a quotation, although it is not published."),
        ("RIGHTS-FULL", "The checksum of a withheld text in an article that is published in full.", "It is left over from a time when the text was withheld; the text speaks for itself now."),
        ("RIGHTS-HASH", "A text in `private/` that is not the one whose checksum is published.", "Quotations are checked against the text that was withheld; it is never edited."),
        ("RIGHTS-LEDGER", "The ledger of a withheld text among those that are published.", "A ledger holds the words that were set aside. It belongs in `private/ledgers/`."),
        ("RIGHTS-ORIGINAL", "An original in the public record that is to be kept private, by its name or by its checksum, or that of a withheld text which is not marked so.", "The original holds the whole text, or pictures that are not republished. It belongs in `private/originals/`."),
        ("RIGHTS-QUOTE", "Words of an article of which only the record may be published, in an annotation or a decision that is public.", "`publish: metadata` allows no quotation but that of the title. Such an annotation belongs in `private/annotations/`."),
        ("RIGHTS-SHARE", "Annotations that together quote more of a text than its `share` allows, the context of their words included.", "Many short quotations can make up a whole text. Words that two annotations share count once, where both say at which character they stand."),
        ("RIGHTS-COPY", "Twelve words or more of a withheld text, in a row, in what people wrote about it. A warning: only who has the text can find it.", "What may not be published must not come in by a note, a page or a list of quotations. An editor decides whether it is a quotation that the source itself allows."),
        ("RIGHTS-HIDDEN", "A public annotation that answers or relates to one that is kept private.", "In the public record it would refer to nothing. The one belongs where the other is."),
        ("RIGHTS-STRAY", "A file in `private/` that belongs to no article that is withheld.", "It is left over from an article that was removed or released, and would be forgotten there."),
        ("RIGHTS-TRACKED", "A file in `private/` that git keeps, or does not ignore.", "What git keeps is published with the repository."),
        # Names
        ("LINK-STALE", "A list of places, actors, treaties or events that is not what the text mentions.", "Run `archive link`."),
        ("FORM-AMBIGUOUS", "A form that two entities claim.", "The words would link to neither. Make it `weak` in one of them, say under `context` when it is which, or take it out."),
        ("CONTEXT-FORM", "A rule under `context` about a form that the file does not have, or that is its alone and not weak.", "Such a rule decides nothing."),
        ("FORM-UNUSABLE", "A name or form that cannot be searched for: empty, one letter, or without a letter or digit at its ends.", "It would match everywhere or nowhere."),
        ("MENTION-LOST", "A decision under `mentions` whose words do not stand exactly once in the text.", "Add `prefix` and `suffix` until they are unique, or remove the decision."),
        ("MENTION-OVERLAP", "Two decisions under `mentions` about the same words.", "Only one of them can hold; the first does."),
        ("MENTION-AMBIGUOUS", "Words in a text that could name several entities.", "They link to none. Decide under `mentions` which is meant, or write a rule under `context` for all articles."),
        ("DISMISSED-DUPLICATE", "A name that stands twice in `archive/dismissed.yml`.", "Whoever takes one entry out would believe that the name is proposed again."),
        ("DISMISSED-ORDER", "A name in `archive/dismissed.yml` that is not in the order of the alphabet.", "In one order, two people's entries seldom meet on one line. `archive fmt` sorts them."),
        ("DISMISSED-KNOWN", "A name in `archive/dismissed.yml` that an authority file has by now.", "The two say the opposite."),
        ("SUGGEST-ABSENT", "A name to accept that stands in the text of no article.", "A name that is known only from articles cites them; any other cites a work, in a file that people write."),
        ("SUGGEST-KNOWN", "A name to accept or dismiss that is decided already.", "It is a form of an authority file, or was dismissed."),
        ("SUGGEST-FORM", "A list `forms` that could not be changed without changing more of its file.", "Only that list may change. `archive fmt` writes it in the form that can be added to."),
        ("SUGGEST-GEONAMES", "A GeoNames id that is not in the gazetteer, or for something that is no place.", "Ids and coordinates are never guessed."),
        # Annotations
        ("NOTE-ARTICLE", "An annotation of an article that does not exist, or in another article's folder.", "It would be shown nowhere, or in the wrong place."),
        ("NOTE-UNPLACED", "An annotation whose words are not in the text, or not exactly once with their context.", "It would stand beside the wrong words. Add `prefix` and `suffix` until the words are unique; after a change of the text, run `archive reanchor`, which prints finished targets to paste."),
        ("NOTE-STALE", "A `start` or `text_sha256` that is not what the text says, or a `start` at which the words have another context.", "`archive reanchor` keeps both; those of claims in a changed text only with `--claims`, when a person has read who says the words now. Never take the hash away to silence this: with it goes the proof that the words are still those that were meant."),
        ("NOTE-PARAGRAPHS", "Words of an annotation that go on from one paragraph to the next.", "A mark cannot cross from one to the other; give the words of each paragraph a target of their own."),
        ("NOTE-BODY", "A body that is long, or so full of brackets or so deeply nested that it cannot be turned into a page.", "Readers would get its Markdown as it stands; a converter would take minutes or break off. Write it more simply."),
        ("NOTE-REPLY", "A reply to an annotation that does not exist, belongs to another article, or answers the reply.", "It would be shown nowhere, or in the wrong place."),
        # Claims
        ("CLAIM-WORDS", "A claim whose words (`as_written`, `as_quoted`) do not stand in the words that carry it, or that are not among the words of the work.", "Every figure can be followed to the words it comes from."),
        ("CLAIM-DIGITS", "A figure that does not stand in `as_written`.", "What was calculated or rounded by us is nobody's claim. Digits count, with or without separators, and the English or Spanish number words up to twenty."),
        ("CLAIM-RANGE", "A `min` that is greater than the `max`.", "One of the two is wrong."),
        ("CLAIM-STANCE", "A `stance` that does not fit: own losses of another side, an opponent of one's own side or without a side, or a third party that belongs to the side.", "A side's figure of its own losses and its figure of its opponent's are different kinds of claim."),
        ("CLAIM-QUESTION", "A `position` on a question about another event.", "Each question belongs to one event."),
        ("CLAIM-UNKNOWN", "A relation to a claim that does not exist or was removed, or to the claim itself.", "It would lead nowhere."),
        ("CLAIM-UPDATES", "An `updates` that differs in what it is about, goes back in time, or comes from somebody else than the claimant or another official body of the same side.", "A figure of another kind or of somebody else does not replace this one."),
        ("CLAIM-REPEATS", "A `repeats` of a claim about something else.", "One figure that is printed twice is one figure."),
        ("CLAIM-CONFIRMS", "A `confirms` by the same claimant, or of a claim about something else.", "Repetition is not confirmation."),
        ("CLAIM-DISPUTES", "A `disputes` of a claim about another event.", "The two would not contradict each other."),
        ("CLAIM-CYCLE", "Claims that update one another in a circle.", "One of them came first."),
        ("NOTE-WORDS", "Words to annotate that `archive annotate` cannot place: not there, there several times, within a longer word, or over several paragraphs.", "An annotation stands beside exactly its words."),
        ("NOTE-FORM", "An issue form that lacks its headings, has one twice, or is too long.", "Which of the two counts would be a guess."),
        ("FMT-COMMENT", "A comment in a file that a command would write anew.", "Canonical files hold no comments but the line that names their schema; nothing is lost silently."),
        # Pages written by hand
        ("DOC-CITE", "A footnote that is neither in the bibliography nor defined on the page.", "A reader could not follow it."),
        ("DOC-LINK", "A link on a hand-written page that leads nowhere, or not to http, https or mailto.", "Links between pages are relative and end in `.md`."),
        ("DOC-HTML", "HTML in a hand-written page.", "Pages are Markdown; HTML could carry scripts."),
        # Ingest
        ("INGEST-EMPTY", "A capture without text.", "Save the page again."),
        ("INGEST-SIZE", "A capture or page beyond the limits: 10 MB of text, 20 MB of HTML, 50 MB of PDF or MHTML; a folder of more than 100,000 files.", "An article is smaller. Split the file, or save the page without what is not text."),
        ("INGEST-NOT-TEXT", "A capture that is nothing that can be taken in.", "Text, HTML, SingleFile, MHTML, PDF, WARC and WACZ are. What a file is, its bytes say, not its name."),
        ("INGEST-DAMAGED", "A capture that was cut short or changed: lengths, packing or checksums in it do not hold.", "What can be read is taken in all the same. Look at the capture; save the page again if you can."),
        ("INGEST-UNSAFE", "A capture that looks as if made to do harm: names that lead out of a zip archive, far more content than its size, parts within parts without end.", "Nothing more of it is read. Ask whoever made it."),
        ("INGEST-NO-PAGE", "A web archive or MHTML file without a page of HTML or a PDF.", "Look at the capture; save the page again."),
        ("INGEST-PASSED-OVER", "What lies beside the pages in a capture or folder, counted by kind: pictures, styles, redirects, links to other files.", "Nothing that goes in vanishes unseen. Name a file by itself if it is a page after all."),
        ("INGEST-NO-TEXT", "A PDF whose pages are pictures: no letter of their text is in the file.", "Have its text recognised, and take in that; or take in another capture."),
        ("INGEST-PASSWORD", "A PDF that opens only with a password.", "Save it without one."),
        ("INGEST-TITLE", "A capture without a headline that could be told from the text.", "Give it with `--title`."),
        ("INGEST-REMARK", "Something about the capture that an editor should know.", "Look at the capture."),
        ("INGEST-CHARSET", "A page whose bytes are not in the character set that it declares, or that declares none.", "The wrong letters look right in some languages. Read them before the article is accepted; a set that cannot be read at all is refused."),
        ("INGEST-DISAGREE", "Two sources in a page that say different things about its title, date, author, address, outlet or language.", "The first was taken. Compare both with the page."),
        ("INGEST-DATE", "A date in a page that is impossible, later than the capture, or can be read in two ways.", "It was left out. Give the date, if the page shows it."),
        ("INGEST-WALL", "A page that stands in an article's place: an error, a consent or log-in form, a check for robots, or the stub before a paywall.", "Save the page when the article shows."),
        ("INGEST-PARTIAL", "A page that says that the whole article is for subscribers.", "See whether the text breaks off."),
        ("INGEST-COMMENTS", "A page that holds what its readers wrote.", "They are private persons. The site leaves their words out; the ledger, which is published with an article's text, has them. Decide whether that may be; `--publish excerpt` keeps text and ledger private."),
        ("INGEST-LOOK", "A block of a page that may be no part of the article: a passage that stands twice, or one made of links.", "See whether it belongs to the article."),
        ("INGEST-LOCAL", "A capture that holds addresses on the disk of whoever saved it (`file://`).", "They may name a person; the original is kept private."),
        ("INGEST-FRAME", "Pages embedded in a page, which were not read.", "See whether one of them holds words of the article."),
        ("INGEST-DEPTH", "A page whose tags are nested more than 2,000 levels deep.", "What follows would be lost unseen. Save the article's text alone."),
        ("INGEST-PAGE", "A page that is too large or too odd to be read: blocks, characters or attributes without end.", "Save the article's text alone."),
        ("INGEST-ID", "A capture whose id would be that of another article.", "Give a date, source or title that tells the two apart."),
        ("INGEST-MARKUP", "A pasted text with marks of Markdown: links, emphases, headings.", "They stay, as characters of the text. Take in the text as it was printed, if you have it."),
        ("INGEST-VERSION", "A page of which the archive has another version: same address, title and date, other words.", "Both stay, each an article of its own. See which words differ."),
        ("INGEST-DIFFERS", "A further capture of a text that gives it another title, date, outlet, address or author than the record.", "The record was left as it is. See whether both are right."),
        ("INGEST-PUBLISH", "A text of which less was asked to be published than the archive publishes.", "`archive withhold` withholds it; taking it in again changes nothing."),
        ("INGEST-WITHHELD", "A text that would publish half or more of the words of one that is withheld.", "Say with `--publish` how much of this one may be published."),
        ("INGEST-OUTLET", "A page whose outlet is known only by what it says of its own address, or whose address and capture belong to different outlets.", "Anybody can write an address into a page. Give `--source`, if you know whose page it is."),
        ("INGEST-PATH", "A capture that cannot be read.", "Name a file."),
        ("INGEST-FOUND", "A date, address or other thing that a page says of itself in a form that the record does not take.", "It was left out. Give it yourself, if you know it."),
        ("INGEST-CHANGED", "A capture that changed between being read and being copied in.", "Nothing of it was taken in. Take it in again, when whatever writes it is done."),
        ("INGEST-FAULT", "A page that the program, or a library it uses, failed on.", "Nothing of it was taken in, and the rest of the batch went on. Report it, with the page."),
        ("INGEST-REBUILD", "Body and ledger that would not give back the text that was read.", "Nothing of it was taken in: it is a fault of the program. Report it, with the page."),
        # Harvest
        ("HARVEST-FILE", "A file that is no web archive, or that cannot be read, or that changed while it was screened.", "Name files of web archives; get a damaged one again."),
        ("HARVEST-CHUNK", "A part of a web archive that was not screened: each process that had it was ended, or failed.", "Give the processes more memory, and run the same command again: what is done is not done twice."),
        ("HARVEST-SEAM", "Two parts of a web archive that do not meet: one begins within a record of the other, which may hold a web archive itself.", "Records inside that record were counted too. Look whether a candidate is one of them."),
        ("HARVEST-OUTLET", "An outlet to be screened for that the archive does not have, or has without `domains`.", "Give a domain, or `any`."),
        ("HARVEST-CLUSTER", "A cluster that cannot be used: no scheduler answers, a worker has another version, or `distributed` is not installed.", "Start the cluster with the same versions on all machines, and name its scheduler."),
        ("HARVEST-RECORD", "A candidate whose page is no longer where it was found, or a file that is no candidate.", "Harvest the web archive again."),
        # Verification
        ("VERIFY-CHANGED", "An original whose bytes are no longer those that were taken in.", "Whatever was said to follow from it does so no longer. Restore it from a copy."),
        ("VERIFY-VANISHED", "An original that the list of checksums names and that is gone, or cannot be read.", "Nothing proves an article without its original."),
        ("VERIFY-APPEARED", "A file among the originals that the list of checksums does not name.", "Nobody took it in: find out who put it there."),
        ("VERIFY-RECORD", "An article that states another checksum of its original than the list does, or whose body and ledger no longer give back what was read.", "One of two records that must agree was edited."),
        ("VERIFY-READING", "A capture in which the programs of today read another text than was recorded, or nothing.", "Where other versions read it now, this is a remark; where the same versions did, body, ledger and checksum may have been edited together."),
        ("VERIFY-TEXT", "A copy of a text that is not, to the character, the one that was archived.", "Its quotations can then be looked for in it, which proves less."),
        ("VERIFY-QUOTATION", "A quotation that does not stand where it says in the text that was archived.", "The annotation quotes what is not there."),
        # Import
        ("IMPORT-FILE", "A file that holds neither Web Annotations nor a Hypothesis export, is too large or nested too deeply.", "Export it again as JSON, in parts if need be."),
        ("IMPORT-LEFT", "An annotation that was not taken in: its words have no certain place, its licence is not known, or it says nothing.", "A wrong anchor is worse than none. What was left out is kept, with the reasons, in `build/import`."),
        ("IMPORT-NARROWED", "An annotation whose selector narrows the quoted words further, which was left aside, or holds less than the sentence around them.", "The words are marked where they stand here; read whether that is meant, and whether the sentence was the same there."),
    )
}  # fmt: skip
