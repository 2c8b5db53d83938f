import { ApiError } from '@/sandbox/http/errors';

/**
 * `auth_once` asks on the first use only, `auth_always` each time; `fails_later` attaches but cannot be charged;
 * `disputed` and `inquired` are paid and then contested; refunds are pending at first, or fail afterwards.
 */
export type CardBehaviour =
  | 'ok'
  | 'auth_once'
  | 'auth_always'
  | 'fails_later'
  | 'disputed'
  | 'inquired'
  | 'refund_pends'
  | 'refund_fails'
  | keyof typeof DECLINES;

export type Decline = { code: string; decline_code?: string; message: string };
/** Codes and messages as Stripe's documentation of test cards gives them. */
export const DECLINES = {
  generic_decline: {
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
  },
  insufficient_funds: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  lost_card: {
    code: 'card_declined',
    decline_code: 'lost_card',
    message: 'Your card was declined.',
  },
  stolen_card: {
    code: 'card_declined',
    decline_code: 'stolen_card',
    message: 'Your card was declined.',
  },
  expired_card: { code: 'expired_card', message: 'Your card has expired.' },
  incorrect_cvc: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  processing_error: {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
  authentication_required: {
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
} satisfies Record<string, Decline>;

type TestCard = { number: string; brand: string; behaviour: CardBehaviour; tokens: string[] };
const card = (
  number: string,
  brand: string,
  behaviour: CardBehaviour,
  ...tokens: string[]
): TestCard => ({ number, brand, behaviour, tokens });
export const TEST_CARDS: TestCard[] = [
  card('4242424242424242', 'visa', 'ok', 'visa'),
  card('4000056655665556', 'visa', 'ok', 'visa_debit'),
  card('5555555555554444', 'mastercard', 'ok', 'mastercard'),
  card('378282246310005', 'amex', 'ok', 'amex'),
  card('6011111111111117', 'discover', 'ok', 'discover'),
  card('4000000000000002', 'visa', 'generic_decline', 'chargeDeclined', 'visa_chargeDeclined'),
  card(
    '4000000000009995',
    'visa',
    'insufficient_funds',
    'chargeDeclinedInsufficientFunds',
    'visa_chargeDeclinedInsufficientFunds',
  ),
  card('4000000000009987', 'visa', 'lost_card', 'visa_chargeDeclinedLostCard'),
  card('4000000000009979', 'visa', 'stolen_card', 'visa_chargeDeclinedStolenCard'),
  card('4000000000000069', 'visa', 'expired_card', 'chargeDeclinedExpiredCard'),
  card('4000000000000127', 'visa', 'incorrect_cvc', 'chargeDeclinedIncorrectCvc'),
  card('4000000000000119', 'visa', 'processing_error', 'chargeDeclinedProcessingError'),
  card('4000000000000341', 'visa', 'fails_later', 'chargeCustomerFail'),
  card('4000000000000259', 'visa', 'disputed', 'createDispute'),
  card('4000000000001976', 'visa', 'inquired', 'createDisputeInquiry'),
  card('4000000000007726', 'visa', 'refund_pends', 'pendingRefund'),
  card('4000000000005126', 'visa', 'refund_fails', 'refundFail'),
  card('4000002500003155', 'visa', 'auth_once', 'authenticationRequiredOnSetup'),
  card('4000002760003184', 'visa', 'auth_always', 'authenticationRequired'),
  card('4000000000003220', 'visa', 'auth_always', 'threeDSecure2Required'),
];

/** Finds a documented test card by number, or by the tail of `pm_card_…` / `tok_…`. */
export function findTestCard(key: string): TestCard | undefined {
  return TEST_CARDS.find((each) => each.number === key || each.tokens.includes(key));
}

export function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return /^\d{12,19}$/.test(number) && sum % 10 === 0;
}

export type CardInput = {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc?: string | undefined;
};

/** Throws Stripe's card errors for a number, date or code that no card can have. `now` in unix seconds. */
export function checkCard(input: CardInput, now: number): TestCard {
  const refuse = (code: string, message: string, param: string) =>
    new ApiError(402, { type: 'card_error', code, message, param });
  if (!passesLuhn(input.number))
    throw refuse('incorrect_number', 'Your card number is incorrect.', 'number');
  if (!(input.exp_month >= 1 && input.exp_month <= 12))
    throw refuse('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  const year = input.exp_year < 100 ? 2000 + input.exp_year : input.exp_year;
  const ends = Date.UTC(year, input.exp_month, 1) / 1000;
  if (ends <= now || year > new Date(now * 1000).getUTCFullYear() + 50)
    throw refuse('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  const length = /^3[47]/.test(input.number) ? 4 : 3;
  if (input.cvc !== undefined && !new RegExp(`^\\d{${length}}$`).test(input.cvc))
    throw refuse('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  const known = findTestCard(input.number);
  if (!known)
    throw new ApiError(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'test_mode_live_card',
      message: 'Your card was declined. Your request was in test mode, but used a non test card.',
    });
  return known;
}
