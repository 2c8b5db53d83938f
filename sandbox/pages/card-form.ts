import { html, type Markup } from '@/sandbox/pages/html';

export type CardFields = {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc: string;
  name?: string;
  email?: string;
  country?: string;
};
export type FormValues = Record<string, string>;
export type FieldError = { message: string; field?: string };

const TRY = [
  ['4242 4242 4242 4242', 'Succeeds'],
  ['4000 0000 0000 3220', 'Asks for 3-D Secure'],
  ['4000 0000 0000 0002', 'Declined'],
  ['4000 0000 0000 9995', 'Insufficient funds'],
  ['4000 0000 0000 0341', 'Fails when charged'],
] as const;

const FIELD_OF: Record<string, string> = {
  number: 'cardNumber',
  exp_month: 'cardExpiry',
  exp_year: 'cardExpiry',
  cvc: 'cardCvc',
};

/** Names the field of the form that an API error's `param` or code speaks of. */
export function fieldOf(param: string | undefined, code: string | undefined): string | undefined {
  if (code === 'expired_card') return 'cardExpiry';
  if (code === 'incorrect_cvc') return 'cardCvc';
  return param ? FIELD_OF[param] : undefined;
}

/** Reads the fields named as on Stripe's own page. Throws nothing: what is missing fails the card's own checks. */
export function readCard(form: URLSearchParams): CardFields {
  const [month = '', year = ''] =
    (form.get('cardExpiry') ?? '')
      .replace(/\s/g, '')
      .match(/^(\d{1,2})\/?(\d{2}|\d{4})$/)
      ?.slice(1) ?? [];
  const optional = (name: string) => form.get(name)?.trim() || undefined;
  const [name, email, country] = [
    optional('billingName'),
    optional('email'),
    optional('billingCountry'),
  ];
  return {
    number: (form.get('cardNumber') ?? '').replace(/\D/g, ''),
    exp_month: Number(month),
    exp_year: Number(year) < 100 ? 2000 + Number(year) : Number(year),
    cvc: (form.get('cardCvc') ?? '').trim(),
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(country ? { country } : {}),
  };
}

/** The card's fields with the values typed so far, except the code, which is never sent back. */
export function cardFields(values: FormValues, error?: FieldError): Markup {
  const invalid = (field: string) => (error?.field === field ? 'true' : 'false');
  return html`
    <div><label for="cardNumber">Card number</label>
      <input id="cardNumber" name="cardNumber" inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" required aria-invalid="${invalid('cardNumber')}" value="${values['cardNumber']}"></div>
    <div class="pair">
      <div><label for="cardExpiry">Expiry</label>
        <input id="cardExpiry" name="cardExpiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" required aria-invalid="${invalid('cardExpiry')}" value="${values['cardExpiry']}"></div>
      <div><label for="cardCvc">Security code</label>
        <input id="cardCvc" name="cardCvc" inputmode="numeric" autocomplete="cc-csc" placeholder="CVC" maxlength="4" required aria-invalid="${invalid('cardCvc')}"></div>
    </div>
    <div><label for="billingName">Cardholder name</label>
      <input id="billingName" name="billingName" autocomplete="cc-name" placeholder="Full name on card" value="${values['billingName']}"></div>`;
}

export function testCards(): Markup {
  return html`<details><summary>Test cards: pick one</summary><div class="testcards">
    ${TRY.map(([number, what]) => html`<button type="button" data-card="${number}"><span class="mono">${number}</span><span class="muted">${what}</span></button>`)}
  </div></details>`;
}

/** Groups digits while typing, fills in a test card, and keeps a second click from sending the form twice. */
export const CARD_SCRIPT = `
const number=document.getElementById('cardNumber'),expiry=document.getElementById('cardExpiry'),cvc=document.getElementById('cardCvc');
const group=(t)=>t.replace(/\\D/g,'').slice(0,19).replace(/(\\d{4})(?=\\d)/g,'$1 ');
number?.addEventListener('input',()=>{if(number.selectionStart===number.value.length)number.value=group(number.value)});
expiry?.addEventListener('input',(e)=>{if(e.inputType?.startsWith('delete'))return;const d=expiry.value.replace(/\\D/g,'').slice(0,4);expiry.value=d.length>=2?d.slice(0,2)+' / '+d.slice(2):d});
for(const b of document.querySelectorAll('[data-card]'))b.addEventListener('click',()=>{number.value=b.dataset.card;expiry.value='12 / '+String(new Date().getFullYear()+2).slice(2);cvc.value='123';document.querySelector('[type=submit]').focus()});
for(const f of document.querySelectorAll('form'))f.addEventListener('submit',(e)=>{if(f.dataset.sent){e.preventDefault();return}f.dataset.sent='1';const b=f.querySelector('[type=submit]');if(b){b.setAttribute('disabled','');b.dataset.busy&&(b.textContent=b.dataset.busy)}});
addEventListener('pageshow',(e)=>{if(e.persisted)location.reload()});
document.querySelector('[role=alert]')?.scrollIntoView({block:'nearest'});
`;
