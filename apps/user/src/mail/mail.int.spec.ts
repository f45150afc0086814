import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createTestDatabase, eventually, uniqueName } from '@viernes/testing';
import { Transactions } from '@viernes/database';
import { DEFAULT_LANGUAGE, getTranslations } from '@viernes/translations';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { startUser, type TestUser } from '../testing/test-user.js';
import { createCertificate } from '../testing/test-certificate.js';
import { RecipientRejected, type Mail } from './mail.js';
import { MailDelivery } from './mail-delivery.js';
import { MailQueue } from './mail-queue.js';
import { SmtpMailer } from './smtp-mailer.js';

const PAGE = '/verify-email?a=1&b=2';

describe('mail delivery', () => {
  let user: TestUser;
  let recipient: { id: string; email: string; language: string };

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(() => {
    recipient = { id: randomUUID(), email: `${uniqueName('ada')}@example.org`, language: 'en' };
  });

  const add = (fail?: Error) =>
    user.get(Transactions).run(async (tx) => {
      await user.get(MailQueue).add(tx, recipient, 'emailVerification', PAGE);
      if (fail) throw fail;
    });
  const countRows = async (): Promise<number> =>
    (await user.database.query('SELECT 1 FROM mail WHERE recipient = $1', [recipient.email])).length;

  it('delivers a mail after the commit, escapes HTML, and deletes its row', async () => {
    await add();
    const { html } = await user.receiveMail(recipient.email);
    expect(html).toContain('href="http://127.0.0.1:8400/verify-email?a=1&amp;b=2"');
    await eventually(async () => expect(await countRows()).toBe(0));
  });

  it('writes in the default language if the mails have no texts in the language of the recipient', async () => {
    recipient = { ...recipient, language: 'pt-BR' };
    await add();
    const { subject, html } = await user.receiveMail(recipient.email);
    expect(subject).toBe(getTranslations(DEFAULT_LANGUAGE).mails.emailVerification.subject);
    expect(html).toContain(`<html lang="${DEFAULT_LANGUAGE}">`);
  });

  it('delivers no mail of a transaction that was rolled back', async () => {
    await expect(add(new Error('rolled back'))).rejects.toThrow('rolled back');
    expect(await user.countMails(recipient.email)).toBe(0);
  });

  it('delivers each mail once with two replicas', async () => {
    const database = await createTestDatabase();
    const replicas = [await startUser({ database }), await startUser({ database })];
    try {
      const emails = Array.from({ length: 40 }, () => `${uniqueName('ada')}@example.org`);
      await replicas[0]?.get(Transactions).run(async (tx) => {
        const queue = replicas[0]?.get(MailQueue);
        for (const email of emails)
          await queue?.add(tx, { id: randomUUID(), email, language: 'en' }, 'emailVerification', PAGE);
      });
      await eventually(async () => expect(await database.query('SELECT 1 FROM mail')).toEqual([]));
      for (const email of emails) {
        const counts = await Promise.all(replicas.map((replica) => replica.countMails(email)));
        expect(counts.reduce((sum, count) => sum + count)).toBe(1);
      }
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await database.drop();
    }
  });
});

describe('the transport smtp', () => {
  const received: { readonly from: string; readonly to: readonly string[]; readonly email: Email }[] = [];
  let server: SMTPServer;
  let mailer: SmtpMailer;
  let isBusy = false;

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      onRcptTo: ({ address }, _, callback) => {
        const responseCode = isBusy ? 450 : address.startsWith('unknown') ? 550 : 0;
        callback(responseCode ? Object.assign(new Error('not accepted'), { responseCode }) : undefined);
      },
      onData: (stream, { envelope }, callback) => {
        void stream.toArray().then(async (chunks) => {
          const email = await PostalMime.parse(Buffer.concat(chunks as Buffer[]));
          const from = envelope.mailFrom ? envelope.mailFrom.address : '';
          received.push({ from, to: envelope.rcptTo.map(({ address }) => address), email });
          callback();
        });
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const address = server.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    url = `smtp://127.0.0.1:${port}`;
    mailer = new SmtpMailer(`${url}?requireTLS=false`, 'Viernes <no-reply@viernes.example>');
  });
  afterAll(async () => {
    mailer.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });
  let url: string;

  const newMail = (recipient: string): Mail => ({
    id: randomUUID(),
    recipient,
    subject: 'Confirma tu dirección',
    text: 'El enlace es válido 🎬',
    html: '<p>El enlace</p>',
  });

  it('sends text and HTML to the recipient, with the ID of the mail', async () => {
    const mail = newMail('ada@example.org');
    await mailer.send(mail);
    expect(received).toEqual([
      {
        from: 'no-reply@viernes.example',
        to: ['ada@example.org'],
        email: expect.objectContaining({
          subject: mail.subject,
          text: `${mail.text}\n`,
          html: `${mail.html}\n`,
          messageId: `<${mail.id}@viernes>`,
        }),
      },
    ]);
  });

  it('distinguishes rejected recipients from errors that a retry can resolve', async () => {
    await expect(mailer.send(newMail('unknown@example.org'))).rejects.toBeInstanceOf(RecipientRejected);
    isBusy = true;
    const error: unknown = await mailer.send(newMail('ada@example.org')).catch((reason: unknown) => reason);
    isBusy = false;
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(RecipientRejected);
  });

  it('sends no mail without TLS unless the settings allow it', async () => {
    const secure = new SmtpMailer(url, 'no-reply@viernes.example');
    const count = received.length;
    await expect(secure.send(newMail('ada@example.org'))).rejects.toThrow();
    secure.close();
    expect(received).toHaveLength(count);
  });

  it('retries a failed delivery, but not for a rejected recipient', async () => {
    const user = await startUser({ smtpUrl: `${url}?requireTLS=false` });
    try {
      const deliver = () => user.get(MailDelivery).run(new AbortController().signal);
      const attempts = () => user.database.query<{ attempts: number }>('SELECT attempts FROM mail');
      const add = (email: string) =>
        user
          .get(Transactions)
          .run((tx) =>
            user.get(MailQueue).add(tx, { id: randomUUID(), email, language: 'en' }, 'emailVerification', PAGE),
          );
      isBusy = true;
      await add('late@example.org');
      await eventually(async () => expect(await attempts()).toEqual([{ attempts: 1 }]));
      isBusy = false;
      await user.database.query(`UPDATE mail SET next_attempt_at = now()`);
      await deliver();
      await eventually(async () => expect(await attempts()).toEqual([]));
      expect(received.at(-1)?.to).toEqual(['late@example.org']);

      await add('unknown@example.org');
      await eventually(async () => expect(await attempts()).toEqual([]));
    } finally {
      await user.stop();
    }
  });
});

describe('the transport smtp with STARTTLS and AUTH', () => {
  const LOGIN = { username: 'viernes', password: 'smtp secret' };
  const received: { readonly user: unknown; readonly isSecure: boolean }[] = [];
  let server: SMTPServer;
  let trustedUrl: (changes?: Partial<typeof LOGIN>) => URL;

  beforeAll(async () => {
    const { cert, key } = await createCertificate();
    server = new SMTPServer({
      cert,
      key,
      onAuth: ({ username, password }, _, callback) => {
        const isKnown = username === LOGIN.username && password === LOGIN.password;
        callback(isKnown ? null : Object.assign(new Error('unknown'), { responseCode: 535 }), { user: username });
      },
      onData: (stream, { user, secure }, callback) => {
        received.push({ user, isSecure: secure });
        stream.resume().on('end', () => callback());
      },
    });
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const address = server.server.address();
    trustedUrl = (changes) => {
      const url = new URL(`smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
      Object.assign(url, LOGIN, changes);
      url.searchParams.set('tls.ca', cert);
      return url;
    };
  });
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
  beforeEach(() => {
    received.length = 0;
  });

  const send = async ({ href }: URL): Promise<void> => {
    const mailer = new SmtpMailer(href, 'no-reply@viernes.example');
    const mail = { id: randomUUID(), recipient: 'ada@example.org', subject: 'Hi', text: 'Hi', html: '<p>Hi</p>' };
    await mailer.send(mail).finally(() => mailer.close());
  };

  it('encrypts the connection, and signs in', async () => {
    await send(trustedUrl());
    expect(received).toEqual([{ user: LOGIN.username, isSecure: true }]);
  });

  it('sends nothing to a server whose certificate is not trusted', async () => {
    const url = trustedUrl();
    url.searchParams.delete('tls.ca');
    await expect(send(url)).rejects.toThrow(/self-signed certificate/);
    expect(received).toEqual([]);
  });

  it('reports a wrong password as an error that a retry can resolve', async () => {
    const error: unknown = await send(trustedUrl({ password: 'wrong' })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'EAUTH' });
    expect(error).not.toBeInstanceOf(RecipientRejected);
    expect(received).toEqual([]);
  });
});
