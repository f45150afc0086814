import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@viernes/testing';
import PostalMime from 'postal-mime';

/** A received mail. */
export interface TestMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The token of the link in the mail. Empty without a link. */
  readonly token: string;
}

/** Reads the mails that the transport `file` writes. */
export class TestMailbox {
  private readonly received = new Set<string>();

  private constructor(readonly dir: string) {}

  static async create(): Promise<TestMailbox> {
    return new TestMailbox(await mkdtemp(join(tmpdir(), 'viernes-mail-')));
  }

  /** Waits for the next mail to an address. Each mail is returned once. */
  async receive(email: string): Promise<TestMail> {
    return eventually(async () => {
      const [next] = await this.list(email);
      if (!next) throw new Error(`no mail to ${email}`);
      this.received.add(next.name);
      return next.mail;
    });
  }

  async count(email: string): Promise<number> {
    return (await this.list(email)).length;
  }

  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true });
  }

  private async list(email: string): Promise<{ name: string; mail: TestMail }[]> {
    const names = (await readdir(this.dir)).filter((name) => name.endsWith('.eml') && !this.received.has(name));
    const mails = await Promise.all(
      names.map(async (name) => {
        const { to, subject = '', text = '', html = '' } = await PostalMime.parse(await readFile(join(this.dir, name)));
        const token = /#([\w-]{43})/.exec(text)?.[1] ?? '';
        return to?.[0]?.address === email ? [{ name, mail: { subject, text, html, token } }] : [];
      }),
    );
    return mails.flat();
  }
}
