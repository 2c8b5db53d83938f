/** Tokens first, then parts: the pages use tokens only, so that both themes stay in step. */
export const STYLES = `
:root{color-scheme:light dark;
--canvas:oklch(0.975 0.004 260);--panel:oklch(1 0 0);--sunken:oklch(0.955 0.006 260);--line:oklch(0.9 0.008 260);
--strong:oklch(0.22 0.02 265);--text:oklch(0.33 0.02 265);--muted:oklch(0.5 0.02 265);
--accent:oklch(0.5 0.17 264);--accent-hover:oklch(0.44 0.17 264);--on-accent:oklch(1 0 0);--ring:oklch(0.62 0.17 264 / .45);
--good:oklch(0.48 0.12 155);--good-bg:oklch(0.955 0.035 155);--bad:oklch(0.5 0.18 25);--bad-bg:oklch(0.96 0.025 25);
--warn:oklch(0.48 0.1 75);--warn-bg:oklch(0.965 0.045 85);
--shadow:0 1px 2px oklch(0.2 0.02 265 / .05),0 8px 24px oklch(0.2 0.02 265 / .06);--field:oklch(1 0 0)}
@media (prefers-color-scheme:dark){:root{
--canvas:oklch(0.185 0.012 265);--panel:oklch(0.225 0.014 265);--sunken:oklch(0.26 0.015 265);--line:oklch(0.325 0.016 265);
--strong:oklch(0.96 0.005 265);--text:oklch(0.87 0.01 265);--muted:oklch(0.7 0.015 265);
--accent:oklch(0.7 0.13 264);--accent-hover:oklch(0.76 0.12 264);--on-accent:oklch(0.18 0.02 265);--ring:oklch(0.7 0.13 264 / .5);
--good:oklch(0.8 0.13 155);--good-bg:oklch(0.29 0.045 155);--bad:oklch(0.77 0.13 25);--bad-bg:oklch(0.29 0.06 25);
--warn:oklch(0.84 0.11 85);--warn-bg:oklch(0.3 0.045 85);
--shadow:0 1px 2px oklch(0 0 0 / .3),0 8px 24px oklch(0 0 0 / .25);--field:oklch(0.205 0.013 265)}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--text);font:15px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-font-smoothing:antialiased;min-height:100vh}
h1,h2,h3{color:var(--strong);line-height:1.25;margin:0;letter-spacing:-.01em;font-weight:600}
h1{font-size:28px}h2{font-size:16px}h3{font-size:14px}
h1.quiet{font-size:15px;font-weight:400;letter-spacing:0;color:var(--muted)}
p{margin:0}a{color:var(--accent);text-underline-offset:3px}a:hover{color:var(--accent-hover)}
.num,td.num,.money{font-variant-numeric:tabular-nums}
.muted{color:var(--muted)}.small{font-size:13px}.mono{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}td .mono,td.mono,td .small{white-space:nowrap}.headers td{white-space:normal!important;overflow-wrap:anywhere}.headers td:first-child{min-width:96px}
:focus-visible{outline:3px solid var(--ring);outline-offset:2px;border-radius:6px}
.notice{background:var(--warn-bg);color:var(--warn);font-size:13px;text-align:center;padding:8px 16px}
.notice b{font-weight:600}
.wrap{max-width:1080px;margin:0 auto;padding:32px 24px 64px}
.narrow{max-width:560px}.mid{max-width:720px}
.card{background:var(--panel);border:1px solid var(--line);border-radius:10px;box-shadow:var(--shadow);padding:24px}
.stack>*+*{margin-top:16px}.stack-l>*+*{margin-top:32px}
.row{display:flex;gap:12px;align-items:center;flex-wrap:wrap}.between{justify-content:space-between}
.split{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.1fr);gap:64px;align-items:start;max-width:960px;margin:0 auto;padding:56px 24px 72px}
.total{font-size:40px;font-weight:600;color:var(--strong);letter-spacing:-.025em;line-height:1.15;margin-top:4px;font-variant-numeric:tabular-nums}
.lines{border-top:1px solid var(--line);margin-top:24px}
.lines>div{display:flex;justify-content:space-between;gap:16px;padding:12px 0;border-bottom:1px solid var(--line)}
.lines>div:last-child{border-bottom:0}.lines b{color:var(--strong);font-weight:600}
label{display:block;font-size:13px;font-weight:500;color:var(--strong);margin-bottom:6px}
input,select{width:100%;height:42px;padding:0 12px;border:1px solid var(--line);border-radius:6px;background:var(--field);color:var(--strong);font:inherit;font-variant-numeric:tabular-nums}
input::placeholder{color:var(--muted);opacity:.75}
input:focus,select:focus{outline:3px solid var(--ring);outline-offset:0;border-color:var(--accent)}
input[aria-invalid=true]{border-color:var(--bad)}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:12px}
.btn{display:inline-flex;align-items:center;justify-content:center;gap:8px;height:36px;padding:0 14px;border:1px solid var(--line);border-radius:6px;background:var(--panel);color:var(--strong);font:inherit;font-size:14px;font-weight:500;text-decoration:none;cursor:pointer;transition:background .12s}
.btn:hover{background:var(--sunken);color:var(--strong)}
.btn.primary{background:var(--accent);border-color:transparent;color:var(--on-accent)}.btn.primary:hover{background:var(--accent-hover);color:var(--on-accent)}
.btn.danger{color:var(--bad)}.btn.wide{width:100%;height:46px;font-size:15px}.btn[disabled]{opacity:.65;cursor:progress}
.alert{background:var(--bad-bg);color:var(--bad);border-radius:6px;padding:12px 14px;font-size:14px}
.alert.good{background:var(--good-bg);color:var(--good)}.alert.warn{background:var(--warn-bg);color:var(--warn)}
.pill{display:inline-block;font-size:12px;font-weight:500;border-radius:99px;padding:2px 9px;background:var(--sunken);color:var(--muted);white-space:nowrap}
.pill.good{background:var(--good-bg);color:var(--good)}.pill.bad{background:var(--bad-bg);color:var(--bad)}.pill.warn{background:var(--warn-bg);color:var(--warn)}
.scroll{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:14px}
th{text-align:left;font-size:12px;font-weight:500;color:var(--muted);padding:8px 12px 8px 0;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:10px 12px 10px 0;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}
td:last-child,th:last-child{padding-right:0}td.num,th.num{text-align:right}td form{margin:0}
.empty{padding:20px 0;color:var(--muted)}.card>h2+.scroll,.card>h2+.empty{margin-top:8px}.when{color:var(--muted);white-space:nowrap;font-variant-numeric:tabular-nums}
.back{margin-bottom:24px}
details summary{cursor:pointer;font-size:14px;color:var(--accent);width:fit-content}details summary:hover{color:var(--accent-hover)}details[open]>summary{margin-bottom:12px}
.testcards{display:grid;gap:2px;margin-top:8px}.testcards button{all:unset;cursor:pointer;display:flex;justify-content:space-between;gap:12px;padding:6px 8px;border-radius:6px;font-size:13px}
.testcards .mono{white-space:nowrap}.testcards .muted{text-align:right}.testcards button:hover{background:var(--sunken)}.testcards button:focus-visible{outline:3px solid var(--ring)}
nav.top{display:flex;gap:20px;align-items:center;padding:14px 24px;border-bottom:1px solid var(--line);background:var(--panel);overflow-x:auto}
nav.top b{color:var(--strong);white-space:nowrap}nav.top a{color:var(--muted);text-decoration:none;font-size:14px;white-space:nowrap}nav.top a:hover,nav.top a[aria-current]{color:var(--strong)}
.grid{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(150px,1fr))}
.stat{display:block;text-decoration:none;color:inherit;padding:16px}.stat b{display:block;font-size:20px;color:var(--strong);font-variant-numeric:tabular-nums}
iframe{width:100%;height:560px;border:1px solid var(--line);border-radius:6px;background:#fff}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:12.5px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media (max-width:760px){.split{grid-template-columns:minmax(0,1fr);gap:32px;padding:28px 16px 56px}.wrap{padding:20px 16px 48px}.card{padding:18px}h1{font-size:24px}.total{font-size:32px}nav.top{padding:12px 16px}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
`;
