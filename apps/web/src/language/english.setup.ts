// Specs read the English texts.
import english from '@viernes/translations/locales/en.json' with { type: 'json' };
import i18next from 'i18next';

await i18next.init({ lng: 'en', defaultNS: 'web', resources: { en: english }, interpolation: { escapeValue: false } });
