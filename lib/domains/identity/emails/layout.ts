/** How a mail looks: the tenant's where there is one, else the product's own. */
export type MailBrand = {
  name: string;
  /** Name before the sender's address, and in the small print. */
  sender: string;
  accent: string;
  onAccent: string;
  /** Absolute address of a PNG or JPEG; other kinds don't show in mail programs. */
  logoUrl: string | null;
  homeUrl: string;
};

export type MailContent = {
  subject: string;
  /** What lists of mails show after the subject. */
  preview: string;
  heading: string;
  paragraphs: string[];
  button: { label: string; url: string };
  /** Small print under the button: how long it works, what to do when it wasn't you. */
  notes: string[];
};

/** Text into HTML; every value that comes from people goes through here. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const FONT = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const MUTED = '#5b6472';

function header({ name, logoUrl, homeUrl }: MailBrand): string {
  const mark = logoUrl
    ? `<img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(name)}" height="36" style="display:block;height:36px;max-width:220px;border:0">`
    : `<span style="font:600 18px/24px ${FONT};color:#10151c">${escapeHtml(name)}</span>`;
  return `<a href="${escapeHtml(homeUrl)}" style="text-decoration:none;color:#10151c">${mark}</a>`;
}

const paragraph = (text: string) =>
  `<p style="margin:0 0 16px;font:400 16px/25px ${FONT};color:#29303a">${escapeHtml(text)}</p>`;

const note = (text: string) =>
  `<p style="margin:0 0 8px;font:400 13px/20px ${FONT};color:${MUTED}">${escapeHtml(text)}</p>`;

/** A table cell as button: programs that know no CSS still show a coloured, clickable field. */
function button({ label, url }: MailContent['button'], brand: MailBrand): string {
  const style = `display:inline-block;padding:12px 22px;font:600 16px/20px ${FONT};color:${brand.onAccent};text-decoration:none;border-radius:6px`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr>
<td bgcolor="${brand.accent}" style="border-radius:6px;background:${brand.accent}"><a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a></td>
</tr></table>`;
}

function body(content: MailContent, brand: MailBrand): string {
  return `<h1 style="margin:0 0 16px;font:600 22px/30px ${FONT};color:#10151c">${escapeHtml(content.heading)}</h1>
${content.paragraphs.map(paragraph).join('\n')}
${button(content.button, brand)}
${note('If the button doesn’t work, copy this address into your browser:')}
<p style="margin:0 0 20px;font:400 13px/20px ${FONT};word-break:break-all"><a href="${escapeHtml(content.button.url)}" style="color:${MUTED}">${escapeHtml(content.button.url)}</a></p>
${content.notes.map(note).join('\n')}`;
}

/** A mail as HTML: tables and inline styles, because mail programs know little else. */
export function renderHtml(content: MailContent, brand: MailBrand): string {
  const frame = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light">
<title>${escapeHtml(content.subject)}</title></head>
<body style="margin:0;padding:0;background:#f3f5f8">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(content.preview)}</div>
<table ${frame} bgcolor="#f3f5f8"><tr><td align="center" style="padding:32px 12px">
<table ${frame} style="max-width:560px">
<tr><td style="padding:0 4px 20px">${header(brand)}</td></tr>
<tr><td bgcolor="#ffffff" style="background:#ffffff;border:1px solid #e1e5eb;border-top:3px solid ${brand.accent};border-radius:6px;padding:32px">
${body(content, brand)}
</td></tr>
<tr><td style="padding:20px 4px 0">${note(`Sent by ${brand.sender}. This is a message about your account, not advertising.`)}</td></tr>
</table></td></tr></table>
</body></html>`;
}

/** The same mail as plain text. */
export function renderText(content: MailContent, brand: MailBrand): string {
  return [
    content.heading,
    ...content.paragraphs,
    `${content.button.label}: ${content.button.url}`,
    ...content.notes,
    `-- \n${brand.name}\n${brand.homeUrl}`,
  ].join('\n\n');
}
