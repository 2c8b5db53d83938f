import { createVerify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { env, type PayPalSettings } from '../env';
import { payPalAway } from './paypal-error';

/**
 * PayPal “will retry each delivery up to 25 times over 3 days” (its guide “Integrate webhooks”,
 * developer.paypal.com/api/rest/webhooks/rest); what is older was kept by somebody else. The hour is for clocks and for the way.
 */
const PAST_MS = 3 * 86_400_000 + 3_600_000;
const FUTURE_MS = 300_000;
const TIMEOUT_MS = 10_000;
/** Certificates change about once a year; more names than that are somebody trying. */
const KEPT = 8;

type HeaderOf = (name: string) => string | null;

const certificates = new Map<string, X509Certificate>();

/** PayPal serves certificates from `api.…`, whichever of its hosts the API is called on. */
const certificateBase = ({ apiBase }: PayPalSettings) =>
  apiBase.replace(/^https:\/\/api-m\./, 'https://api.');

/**
 * The name of the certificate at an address that a header gives, null when that isn't PayPal's own. Only the name is
 * used: the host that is asked comes from the settings, so that no header makes us call anybody else.
 */
function certificateName(settings: PayPalSettings, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { hostname, pathname, search, username } = new URL(address);
  const own = [settings.apiBase, certificateBase(settings)].map((base) => new URL(base).hostname);
  if (!own.includes(hostname) || username !== '' || search !== '') return null;
  return /\/v1\/notifications\/certs\/([\w-]{1,100})$/.exec(pathname)?.[1] ?? null;
}

async function fetchCertificate(
  settings: PayPalSettings,
  name: string,
): Promise<X509Certificate | null> {
  const known = certificates.get(name);
  if (known) return known;
  let text: string;
  try {
    const answer = await fetch(`${certificateBase(settings)}/v1/notifications/certs/${name}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status >= 400 && answer.status < 500) return null;
    if (!answer.ok) throw new Error(`the certificate answered ${answer.status}`);
    text = await answer.text();
  } catch (error) {
    throw payPalAway(error);
  }
  const made = readCertificate(text);
  if (!made) return null;
  if (certificates.size >= KEPT) certificates.clear();
  certificates.set(name, made);
  return made;
}

/** The first of a chain, for that is the one that signs. */
function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function isRecent(text: string, now: Date): boolean {
  const age = now.getTime() - Date.parse(text);
  return age <= PAST_MS && age >= -FUTURE_MS;
}

const isValidAt = ({ validFrom, validTo }: X509Certificate, at: number) =>
  Date.parse(validFrom) <= at && at <= Date.parse(validTo);

function isSigned(certificate: X509Certificate, message: string, signature: string): boolean {
  return createVerify('RSA-SHA256')
    .update(message)
    .verify(certificate.publicKey, signature, 'base64');
}

/**
 * Whether a delivery's bytes were signed by PayPal for our webhook: RSA with SHA-256 over
 * `transmission id|time|webhook id|crc32 of the body`, by the certificate that the headers name. False for
 * another webhook's, a changed body, an old one, a certificate that isn't at PayPal's. Throws 503 while the certificate can't be fetched.
 */
export async function readSignedTransmission(
  rawBody: string,
  header: HeaderOf,
  now: Date,
): Promise<boolean> {
  const { paypal } = env();
  const id = header('paypal-transmission-id');
  const time = header('paypal-transmission-time');
  const signature = header('paypal-transmission-sig');
  if (!paypal || !id || !time || !signature) return false;
  const name = certificateName(paypal, header('paypal-cert-url') ?? '');
  if (!name) return false;
  if (header('paypal-auth-algo') !== 'SHA256withRSA' || !isRecent(time, now)) return false;
  const certificate = await fetchCertificate(paypal, name);
  if (!certificate || !isValidAt(certificate, Date.now())) return false;
  return isSigned(certificate, `${id}|${time}|${paypal.webhookId}|${crc32(rawBody)}`, signature);
}
