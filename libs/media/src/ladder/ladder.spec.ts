import { AUDIO_RENDITION, planLadder, type LadderSource } from './ladder.js';

const FILM = { numerator: 24, denominator: 1 };

function sizes(source: LadderSource): string[] {
  return planLadder(source).map(({ name, width, height }) => `${name} ${width}x${height}`);
}

describe('planLadder', () => {
  it('plans all five standard rungs for a full HD source, lowest first', () => {
    const common = { frameRate: FILM };
    expect(planLadder({ width: 1920, height: 1080, frameRate: FILM })).toEqual([
      { ...common, name: '240p', width: 426, height: 240, bitrateBps: 400_000, level: 21, codecs: 'avc1.640015' },
      { ...common, name: '360p', width: 640, height: 360, bitrateBps: 800_000, level: 30, codecs: 'avc1.64001E' },
      { ...common, name: '480p', width: 854, height: 480, bitrateBps: 1_400_000, level: 30, codecs: 'avc1.64001E' },
      { ...common, name: '720p', width: 1280, height: 720, bitrateBps: 2_800_000, level: 31, codecs: 'avc1.64001F' },
      { ...common, name: '1080p', width: 1920, height: 1080, bitrateBps: 5_000_000, level: 40, codecs: 'avc1.640028' },
    ]);
  });

  it('omits rungs that would enlarge the source', () => {
    expect(sizes({ width: 960, height: 540, frameRate: FILM })).toEqual([
      '240p 426x240',
      '360p 640x360',
      '480p 854x480',
    ]);
    expect(sizes({ width: 853, height: 480, frameRate: FILM })).toEqual([
      '240p 426x240',
      '360p 640x360',
      '480p 852x480',
    ]);
  });

  it('names the rungs of a portrait source by its width', () => {
    expect(sizes({ width: 720, height: 1280, frameRate: FILM })).toEqual([
      '240p 240x426',
      '360p 360x640',
      '480p 480x854',
      '720p 720x1280',
    ]);
  });

  it('plans a single rung of the size of the source for a source below 240p, with a lower bit rate', () => {
    expect(planLadder({ width: 320, height: 180, frameRate: FILM })).toEqual([
      { name: '180p', width: 320, height: 180, bitrateBps: 230_000, frameRate: FILM, level: 21, codecs: 'avc1.640015' },
    ]);
    expect(sizes({ width: 33, height: 17, frameRate: FILM })).toEqual(['16p 32x16']);
  });

  it('plans bit rates that are proportional to the number of pixels', () => {
    const [square] = planLadder({ width: 240, height: 240, frameRate: FILM });
    const [wide] = planLadder({ width: 720, height: 240, frameRate: FILM });
    expect([square?.bitrateBps, wide?.bitrateBps]).toEqual([230_000, 680_000]);
  });

  it('selects a higher level for a very wide source', () => {
    expect(planLadder({ width: 3840, height: 480, frameRate: FILM }).map(({ level }) => level)).toEqual([31, 40, 40]);
  });

  it('plans rungs with even sides, the aspect ratio of the source, and increasing bit rates, and enlarges no source', () => {
    for (let short = 240; short <= 2400; short += 37) {
      for (const aspect of [1, 1.1, 4 / 3, 1.5, 16 / 9, 1.85, 2.39, 3.5, 8]) {
        const long = Math.round(short * aspect);
        for (const [width, height] of [
          [long, short],
          [short, long],
        ] as const) {
          const rungs = planLadder({ width, height, frameRate: FILM });
          const invalid = rungs.filter(
            (rung, index) =>
              rung.width % 2 !== 0 ||
              rung.height % 2 !== 0 ||
              rung.width > width ||
              rung.height > height ||
              Math.abs(rung.width / rung.height / (width / height) - 1) > 0.01 ||
              `${Math.min(rung.width, rung.height)}p` !== rung.name ||
              rung.bitrateBps <= (rungs[index - 1]?.bitrateBps ?? 0),
          );
          expect({ width, height, isEmpty: rungs.length === 0, invalid }).toEqual({
            width,
            height,
            isEmpty: false,
            invalid: [],
          });
        }
      }
    }
  });

  it('throws a RangeError for an invalid size or frame rate', () => {
    expect(() => planLadder({ width: 100, height: 1, frameRate: FILM })).toThrow(RangeError);
    expect(() => planLadder({ width: 100, height: 100, frameRate: { numerator: 0, denominator: 1 } })).toThrow(
      RangeError,
    );
  });
});

describe('AUDIO_RENDITION', () => {
  it('is AAC-LC in stereo', () => {
    expect(AUDIO_RENDITION).toEqual({
      name: 'audio',
      bitrateBps: 128_000,
      channels: 2,
      sampleRateHz: 48_000,
      codecs: 'mp4a.40.2',
    });
  });
});
