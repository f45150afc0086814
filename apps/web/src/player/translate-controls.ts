import i18next, { t } from 'i18next';
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js';

/**
 * Gives the controls of media-chrome their texts. They read them when they are created, so this must precede their
 * rendering. Their own translations exist only for some languages.
 */
export function translateControls(): void {
  const language = i18next.resolvedLanguage ?? 'en';
  addTranslation(language, t('player.controls', { returnObjects: true }));
  setLanguage(language);
}
