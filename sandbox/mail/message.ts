/** A mail as it was received; `raw` is the whole source. Times in ISO 8601 UTC. */
export type StoredMessage = {
  id: string;
  received_at: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  headers: { name: string; value: string }[];
  attachments: { name: string; type: string; bytes: number }[];
  raw: string;
};
