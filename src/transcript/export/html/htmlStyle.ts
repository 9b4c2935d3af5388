/**
 * The look of an exported document: that of the session page, in the colours of the editor's own default themes.
 * Everything is here; nothing is loaded.
 */
export const htmlStyle = `
:root {
  color-scheme: dark light;
  --bg: #1f1f1f; --fg: #cccccc; --muted: #9d9d9d; --accent: #0078d4; --link: #4daafc;
  --green: #89d185; --warn: #cca700; --bad: #f85149; --blue: #3794ff; --yellow: #cca700; --cyan: #11a8cd;
  --boolean: #4e94ce; --string: #ce9178; --number: #b5cea8; --variable: #75beff;
  --added: rgba(155, 185, 85, 0.2); --removed: rgba(255, 0, 0, 0.2);
  --line: color-mix(in srgb, var(--fg) 14%, transparent);
  --surface: color-mix(in srgb, var(--fg) 4%, var(--bg));
  --raised: color-mix(in srgb, var(--fg) 12%, var(--bg));
  --sunken: color-mix(in srgb, var(--fg) 2%, var(--bg));
  --good: color-mix(in srgb, var(--green) 80%, var(--fg));
  --mono: ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: light) {
  :root {
    --bg: #ffffff; --fg: #3b3b3b; --muted: #5f5f5f; --accent: #005fb8; --link: #005fb8;
    --green: #388a34; --warn: #8a6100; --bad: #c72e0f; --blue: #1a85ff; --yellow: #bf8803; --cyan: #0598bc;
    --boolean: #0000ff; --string: #a31515; --number: #098658; --variable: #007acc;
  }
}
@media (prefers-contrast: more) {
  :root { --line: var(--fg); --muted: var(--fg); }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--bg); color: var(--fg); line-height: 1.55;
  font-family: system-ui, -apple-system, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif; font-size: 14px;
}
main {
  display: flex; flex-direction: column; gap: 18px; max-width: 924px; margin: 0 auto;
  padding: 28px clamp(16px, 3.5vw, 32px) 64px;
}
h1, h2, h3, h4, h5, h6, p, pre, dl, dd, ul, ol, blockquote { margin: 0; }
h1 { font-size: 1.5em; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 0.9em; font-weight: 600; }
a { color: var(--link); }
pre, code, .mono { font-family: var(--mono); font-size: 0.93em; }
:focus-visible { outline: 1px solid var(--accent); outline-offset: 1px; }
time, .id { color: var(--muted); font-size: 0.86em; font-variant-numeric: tabular-nums; }
.id { font-family: var(--mono); overflow-wrap: anywhere; }
.top { padding-bottom: 16px; border-bottom: 1px solid var(--line); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin-top: 10px; }
.facts dt { color: var(--muted); }
.facts dd { min-width: 0; overflow-wrap: anywhere; }
.note {
  padding: 6px 12px; border: 1px solid var(--line); border-inline-start: 3px solid var(--warn);
  border-radius: 6px; background: var(--surface);
}
.top .note { margin-top: 12px; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; color: var(--muted); }
.head h2 { color: var(--fg); }
.user { display: flex; flex-direction: column; align-items: flex-end; }
.bubble {
  max-width: min(86%, 640px); padding: 8px 14px 10px; border-radius: 12px 12px 3px;
  background: color-mix(in srgb, var(--accent) 15%, var(--bg));
}
.state { color: var(--muted); font-size: 0.92em; }
.agent > .head { margin-bottom: 4px; }
.card { overflow: hidden; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
summary {
  display: flex; align-items: center; gap: 8px; min-height: 34px; padding: 5px 12px; list-style: none; cursor: pointer;
}
summary::-webkit-details-marker { display: none; }
summary::before { flex: none; width: 0.8em; color: var(--muted); content: '›'; text-align: center; }
details[open] > summary::before { rotate: 90deg; }
summary:hover { background: color-mix(in srgb, var(--fg) 4%, transparent); }
summary:focus-visible { outline-offset: -2px; border-radius: 8px; }
.what { flex: 1 1 auto; min-width: 0; overflow: hidden; font-family: var(--mono); font-size: 0.93em; text-overflow: ellipsis; white-space: nowrap; }
details[open] > summary .what { overflow-wrap: anywhere; white-space: pre-wrap; }
.name, .status { flex: none; max-width: 40%; overflow: hidden; color: var(--muted); font-size: 0.92em; text-overflow: ellipsis; white-space: nowrap; }
.status::before { display: inline-block; width: 7px; height: 7px; margin-inline-end: 6px; border-radius: 50%; background: var(--muted); content: ''; }
.is-done .status::before { background: var(--good); }
.is-failed .status::before, .is-denied .status::before { background: var(--bad); }
.is-running .status::before { background: var(--blue); }
.is-needsApproval .status::before, .is-needsResult .status::before { background: var(--warn); }
.part { border-top: 1px solid var(--line); }
.part-name { padding: 5px 12px; color: var(--muted); font-size: 0.92em; overflow-wrap: anywhere; }
.card-foot { display: flex; flex-wrap: wrap; gap: 2px 10px; padding: 4px 12px; border-top: 1px solid var(--line); }
.output, .lines {
  max-height: 480px; padding: 8px 12px 10px; overflow: auto; background: var(--bg); line-height: 1.5;
  overflow-wrap: anywhere; tab-size: 4; white-space: pre-wrap;
}
.lines { padding: 4px 0 6px; font-family: var(--mono); font-size: 0.93em; white-space: normal; }
.prompt { color: var(--muted); user-select: none; }
.line { display: flex; padding-inline-end: 12px; }
.line-number { flex: none; width: 4.4ch; padding-inline-end: 1.2ch; color: var(--muted); text-align: end; user-select: none; }
.line-sign { flex: none; width: 2ch; user-select: none; }
.line-text { flex: 1; min-width: 0; white-space: pre-wrap; }
.added { background: var(--added); }
.removed { background: var(--removed); }
.added > .line-sign { color: var(--good); }
.removed > .line-sign { color: var(--bad); }
.quiet { padding: 0 12px 8px; color: var(--muted); font-size: 0.92em; }
.bubble .quiet, .agent > .quiet { padding: 0; }
.part > .placeholder, .part > .picture { margin: 0 12px 10px; }
.part > .md { padding: 0 12px 10px; }
.notice { display: flex; align-items: center; gap: 12px; color: var(--muted); font-size: 0.92em; text-align: center; }
.notice::before, .notice::after { flex: 1; min-width: 12px; border-top: 1px solid var(--line); content: ''; }
.notice > span { min-width: 0; overflow-wrap: anywhere; }
.notice.tone-error > span, .notice.tone-warning > span { color: var(--fg); }
.notice.tone-error > span::before { color: var(--bad); content: '● '; }
.notice.tone-warning > span::before { color: var(--warn); content: '● '; }
.notice.tone-good > span::before { color: var(--good); content: '● '; }
.thought { padding: 0 14px 10px 32px; color: var(--muted); }
.picture { display: block; max-width: 100%; max-height: 420px; margin: 6px 0; border: 1px solid var(--line); border-radius: 6px; }
.placeholder {
  display: inline-block; padding: 2px 10px; border: 1px dashed color-mix(in srgb, var(--fg) 30%, var(--bg));
  border-radius: 6px; color: var(--muted); overflow-wrap: anywhere;
}
.link-host { color: var(--muted); }
.md { overflow-wrap: anywhere; }
.md :is(p, li, th, td) { unicode-bidi: plaintext; }
.md > * + * { margin-top: 0.75em; }
.md :is(h3, h4, h5, h6) { font-size: 1em; font-weight: 600; line-height: 1.35; }
.md > * + :is(h3, h4, h5, h6) { margin-top: 1.2em; }
.md .md-h1 { font-size: 1.35em; }
.md .md-h2 { font-size: 1.2em; }
.md .md-h3 { font-size: 1.08em; }
.md :is(ul, ol) { padding-inline-start: 1.9em; }
.md li + li { margin-top: 0.25em; }
.md li::marker { color: var(--muted); }
.md li:has(> .task), .md li:has(> p:first-child > .task) { list-style: none; }
.md :not(pre) > code { padding: 1px 5px; border-radius: 4px; background: var(--raised); }
.md blockquote { padding-inline-start: 14px; border-inline-start: 3px solid var(--line); color: color-mix(in srgb, var(--fg) 85%, var(--bg)); }
.md hr { width: 100%; border: 0; border-top: 1px solid var(--line); }
.task {
  display: inline-block; width: 14px; height: 14px; margin-inline: -1.5em calc(1.5em - 14px); border: 1px solid var(--muted);
  border-radius: 3px; font-size: 11px; line-height: 12px; text-align: center; vertical-align: -2px;
}
.task.is-done { border-color: var(--accent); background: var(--accent); color: #ffffff; }
.table { width: fit-content; max-width: 100%; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; }
th, td { padding: 5px 12px; overflow-wrap: normal; text-align: start; vertical-align: top; }
th { background: var(--surface); font-weight: 600; }
tbody > tr > * { border-top: 1px solid var(--line); }
.align-right { text-align: right; }
.align-center { text-align: center; }
.code { overflow: hidden; border: 1px solid var(--line); border-radius: 6px; background: var(--sunken); }
.code-bar { padding: 3px 12px; border-bottom: 1px solid var(--line); background: var(--surface); color: var(--muted); font-size: 0.92em; }
.code-text { padding: 10px 12px; overflow: auto; line-height: 1.5; tab-size: 4; }
.code-text code { font-size: 1em; }
.hl-keyword, .hl-literal, .hl-tag { color: color-mix(in srgb, var(--boolean) 88%, var(--fg)); }
.hl-string { color: color-mix(in srgb, var(--string) 92%, var(--fg)); }
.hl-number { color: color-mix(in srgb, var(--number) 85%, var(--fg)); }
.hl-function { color: color-mix(in srgb, var(--yellow) 55%, var(--fg)); }
.hl-type { color: color-mix(in srgb, var(--cyan) 62%, var(--fg)); }
.hl-property, .hl-variable { color: color-mix(in srgb, var(--variable) 78%, var(--fg)); }
.hl-comment { color: color-mix(in srgb, var(--green) 50%, var(--muted)); }
.hl-inserted { color: color-mix(in srgb, var(--good) 85%, var(--fg)); }
.hl-deleted { color: color-mix(in srgb, var(--bad) 85%, var(--fg)); }
.end { color: var(--muted); font-size: 0.86em; text-align: center; }
@media (max-width: 480px) {
  .name { display: none; }
  .bubble { max-width: 94%; }
  .facts { grid-template-columns: 1fr; }
  .facts dd + dt { margin-top: 4px; }
}
@media print {
  :root { color-scheme: light; }
  .output, .lines { max-height: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .bubble, .card { border: 1px solid var(--line); break-inside: avoid-page; }
}
`;
