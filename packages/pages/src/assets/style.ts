/** The one style sheet: of the dashboard and of the report, in which it stands itself. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f5f6f8; --text: #1b1f24; --muted: #515a66; --line: #cdd3db; --link: #0b57a4; --focus: #0b57a4;
  --good: #12603a; --mixed: #7a4a00; --bad: #a3142a; --decal: rgba(255, 255, 255, 0.55);
  --chart-1: #0a6bb0; --chart-2: #b45309; --chart-3: #0f7a55; --chart-4: #8b3fa8; --chart-5: #5d6673; --chart-6: #a3142a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --panel: #1e232b; --text: #e8ebef; --muted: #a9b2be; --line: #3b4450; --link: #7db8f5; --focus: #7db8f5;
    --good: #6fd3a0; --mixed: #f0b35c; --bad: #ff8a94; --decal: rgba(0, 0, 0, 0.5);
    --chart-1: #5aaef0; --chart-2: #f0a04b; --chart-3: #4fc795; --chart-4: #cf92e6; --chart-5: #a9b2be; --chart-6: #ff8a94;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1rem; outline: none; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid var(--line); padding-bottom: 0.25rem; }
h3 { font-size: 1rem; margin: 1rem 0 0.25rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.5rem; z-index: 1; }
.banner { background: var(--panel); border-bottom: 1px solid var(--line); padding: 0.5rem 1rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: baseline; }
.brand { font-weight: 700; margin: 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0; padding: 0; }
nav a { display: inline-block; padding: 0.25rem 0; }
nav a[aria-current] { font-weight: 700; text-decoration-thickness: 3px; color: var(--text); }
code { font-family: ui-monospace, monospace; font-size: 0.92em; overflow-wrap: anywhere; }
.record { white-space: pre-wrap; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 0.5rem 1.5rem; margin: 0 0 1rem; }
.facts div { background: var(--panel); padding: 0.5rem 0.75rem; border-radius: 0.3rem; }
.facts dt { color: var(--muted); font-size: 0.85rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 0.5rem 0 1rem; }
table { border-collapse: collapse; min-width: 100%; font-size: 0.92rem; }
caption { text-align: left; color: var(--muted); padding: 0.25rem 0; position: sticky; left: 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--panel); white-space: nowrap; }
tbody th { font-weight: 400; }
tfoot th, tfoot td { font-weight: 700; }
td:first-child, tbody th { overflow-wrap: anywhere; min-width: 12rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.plain { min-width: 16rem; list-style: none; margin: 0; padding: 0; }
.status { white-space: nowrap; }
.good { color: var(--good); } .mixed { color: var(--mixed); } .bad { color: var(--bad); }
.chart svg { display: block; width: 100%; min-width: 40rem; max-width: 60rem; height: auto; }
details { margin: 0.5rem 0 1rem; }
summary { cursor: pointer; color: var(--link); }
form { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: end; margin: 0 0 1rem; }
label { display: grid; gap: 0.15rem; font-size: 0.85rem; color: var(--muted); }
input, select, button { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--muted); border-radius: 0.25rem; padding: 0.3rem 0.5rem; max-width: 100%; }
button { cursor: pointer; background: var(--panel); }
.pages { display: flex; gap: 1.5rem; margin: 1rem 0; }
.muted { color: var(--muted); }
.months { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 1rem 1.5rem; }
.month table { table-layout: fixed; width: 100%; min-width: 0; }
.month th, .month td { text-align: center; padding: 0.15rem; border: 1px solid var(--line); min-width: 0; }
.month td:first-child { min-width: 0; }
.month caption { color: var(--text); font-weight: 700; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.month a { display: block; position: relative; text-decoration: none; }
.month .sign { display: block; font-size: 0.85rem; line-height: 1; }
progress { width: 100%; height: 1.2rem; accent-color: var(--chart-1); }
@media print { .banner nav, .skip { display: none; } details > * { display: block; } }
`;
