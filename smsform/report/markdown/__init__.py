"""Reports as Markdown, for comments on pull requests.

    plan, outcome, status, preview → entries → folding → one comment
    markup: everything from outside goes through it

All of it is HTML blocks: every line begins with a tag of ours, and no block holds an
empty line, so no Markdown is read inside (CommonMark 0.31.2, 4.6). Then a text from
outside needs HTML's escapes and no others. Pipe tables and inline HTML were tried
against cmark-gfm 2025.10.22 on 2026-11-21 and leak: the one cannot hold a backslash
before a bar, in the other an address becomes a link whatever it is escaped to.

What forges do to the HTML then is kept off by ``<code>``, around everything from
outside: GitHub and GitLab look for users, issues, commits, links and emoji in no text
within ``code`` (html-pipeline's mention filter, GitLab's reference and autolink
filters). Both keep ``details``, ``table``, ``ins``, ``del``, ``sup`` and ``b``
(html-pipeline's and GitLab's sanitizing filters). GitLab carries out lines that begin
with ``/`` (the extractor of its quick actions): none does. All read 2026-11-21.
"""
