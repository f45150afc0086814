import { textLine } from '@viernes/platform';

export const profileName = textLine(1, 50);
