import { runApiFuzz } from './api-fuzz.js';
import { readSettings, type ApiFuzzSettings } from './settings.js';

const hasPassed = await runApiFuzz(readSettingsOrExit());
process.exit(hasPassed ? 0 : 1);

function readSettingsOrExit(): ApiFuzzSettings {
  try {
    return readSettings(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
