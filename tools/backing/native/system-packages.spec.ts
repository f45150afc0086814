import { canInstallPackages, missingText } from './system-packages.ts';

const python = { name: 'Python 3 with venv', debian: 'apt-get install python3-venv', macos: 'brew install python' };
const browser = { name: 'Chromium', debian: 'apt-get install chromium', macos: 'brew install --cask google-chrome' };

describe('missingText', () => {
  it('lists all missing programs with their commands and reasons', () => {
    const text = missingText([{ ...python, reason: 'python3 -m venv failed' }, browser], 'linux');
    expect(text).toContain('apt-get install python3-venv\n      (python3 -m venv failed)');
    expect(text).toContain('apt-get install chromium');
  });

  it('names the commands of the operating system', () => {
    expect(missingText([python], 'darwin')).toContain('brew install python');
  });
});

describe('canInstallPackages', () => {
  it('returns false without the flag', () => {
    expect(canInstallPackages()).toBe(false);
  });
});
