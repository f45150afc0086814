import 'i18next';
import type { web } from '@viernes/translations/locales/en.json';

/** The compiler rejects keys that have no text. */
declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'web';
    readonly resources: { readonly web: typeof web };
  }
}
