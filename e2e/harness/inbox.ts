import { type APIRequestContext, expect } from '@playwright/test';

interface Mail {
  subject: string;
  text: string;
}

/** The sandbox's inbox, seen by one person. */
export class Inbox {
  private readonly request: APIRequestContext;
  private readonly url: string;

  constructor(request: APIRequestContext, sandboxUrl: string) {
    this.request = request;
    this.url = sandboxUrl;
  }

  /** The first link of the newest mail to this address whose subject matches; waits until it is there. */
  async link(to: string, subject: RegExp): Promise<string> {
    let link: string | undefined;
    await expect(async () => {
      const query = new URLSearchParams({ to });
      const answer = await this.request.get(`${this.url}/inbox/api/messages?${query}`);
      const mails = (await answer.json()) as Mail[];
      const mail = mails.find((each) => subject.test(each.subject));
      link = mail?.text.match(/https?:\/\/\S+/)?.[0];
      expect(link, `a mail to ${to} about ${subject}`).toBeDefined();
    }).toPass({ timeout: 30_000 });
    return link ?? '';
  }
}
