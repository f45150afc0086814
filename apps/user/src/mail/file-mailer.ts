import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { Mailer, type Mail } from './mail.js';
import { toMessage } from './message.js';

/** Writes each mail to a file `<id>.eml`, which mail programs open. For development and tests. */
export class FileMailer extends Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true });

  constructor(
    private readonly dir: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    const { message } = await this.transport.sendMail(toMessage(mail, this.from));
    await mkdir(this.dir, { recursive: true });
    const path = join(this.dir, `${mail.id}.eml`);
    // Renamed when it is complete, so that readers of the folder see no truncated mail.
    await writeFile(`${path}.part`, message);
    await rename(`${path}.part`, path);
  }
}
