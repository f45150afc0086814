import { uploadKey } from './stored-uploads.js';

describe('uploadKey', () => {
  it('distinguishes two versions of one file', () => {
    const file = { name: 'a.mp4', size: 10, lastModified: 1 };
    expect(uploadKey('t', file)).not.toBe(uploadKey('t', { ...file, lastModified: 2 }));
  });
});
