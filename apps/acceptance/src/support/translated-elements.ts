import { translate, type TextKey, type TextValues } from '@viernes/translations';
import type { Locator, Page } from 'playwright-core';

/** The key of a text of the web app. */
type WebKey = TextKey extends infer Key ? (Key extends `web.${infer Name}` ? Name : never) : never;

/** Finds the elements of a page, or of one of its regions, by their texts in the language of the page. */
export class TranslatedElements {
  constructor(
    private readonly root: Page | Locator,
    readonly language: string,
  ) {}

  text(key: WebKey, values: TextValues = {}): string {
    return translate(`web.${key}` as TextKey, values, this.language);
  }

  button(key: WebKey, values?: TextValues): Locator {
    return this.root.getByRole('button', { name: this.text(key, values), exact: true });
  }

  link(key: WebKey, values?: TextValues): Locator {
    return this.root.getByRole('link', { name: this.text(key, values), exact: true });
  }

  heading(key: WebKey, values?: TextValues): Locator {
    return this.root.getByRole('heading', { name: this.text(key, values), exact: true });
  }

  field(key: WebKey, values?: TextValues): Locator {
    // Sections have labels, too.
    const inputs = this.root.locator('input, select, textarea');
    return this.root.getByLabel(this.text(key, values), { exact: true }).and(inputs);
  }

  textbox(key: WebKey): Locator {
    return this.root.getByRole('textbox', { name: this.text(key) });
  }

  elementContaining(key: WebKey, values?: TextValues): Locator {
    return this.root.getByText(this.text(key, values));
  }

  elementWithExactText(key: WebKey): Locator {
    return this.root.getByText(this.text(key), { exact: true });
  }

  items(): Locator {
    return this.root.getByRole('listitem');
  }

  region(key: WebKey): TranslatedElements {
    const region = this.root.getByRole('region', { name: this.text(key), exact: true });
    return new TranslatedElements(region, this.language);
  }
}
