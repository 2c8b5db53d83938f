import { CARD_SCRIPT } from '@/sandbox/pages/card-form';
import { html } from '@/sandbox/pages/html';
import { page, type PageAnswer } from '@/sandbox/pages/layout';
import { formatMoney } from '@/sandbox/stripe/pricing';

/** The bank's part of 3-D Secure: the person completes it or fails it on purpose. */
export function challengePage(
  action: string,
  amount: number | null,
  currency: string | null,
): PageAnswer {
  const what =
    amount && currency ? `a payment of ${formatMoney(amount, currency)}` : 'saving your card';
  return page(
    { title: '3-D Secure', script: CARD_SCRIPT },
    html`<main class="wrap narrow"><form class="card stack" method="post" action="${action}">
      <span class="pill">3-D Secure test page</span>
      <h1>Confirm it is you</h1>
      <p>Your bank asks you to approve ${what}. At a real bank you would use its app or a code; here you choose the outcome.</p>
      <div class="row">
        <button class="btn primary" id="test-source-authorize-3ds" name="answer" value="complete">Complete authentication</button>
        <button class="btn danger" id="test-source-fail-3ds" name="answer" value="fail">Fail authentication</button>
      </div></form></main>`,
  );
}
