import { parseProbe } from './parse-probe.js';
import type { ProbedStream } from './probe-json.js';

const VIDEO: ProbedStream = {
  codec_type: 'video',
  codec_name: 'h264',
  width: 1280,
  height: 720,
  sample_aspect_ratio: '1:1',
  r_frame_rate: '24/1',
  avg_frame_rate: '24/1',
  disposition: { attached_pic: 0 },
};
const AUDIO: ProbedStream = { codec_type: 'audio', codec_name: 'aac', r_frame_rate: '0/0', avg_frame_rate: '0/0' };

function source(...streams: ProbedStream[]): string {
  return JSON.stringify({ streams, format: { nb_streams: streams.length, duration: '30.022000' } });
}

describe('parseProbe', () => {
  it('returns the properties of a regular source', () => {
    expect(parseProbe(source(VIDEO, AUDIO))).toEqual({
      isReadable: true,
      source: {
        durationMs: 30_022,
        width: 1280,
        height: 720,
        storedWidth: 1280,
        storedHeight: 720,
        frameRate: { numerator: 24, denominator: 1 },
        hasVariableFrameRate: false,
        videoCodec: 'h264',
        hasAudio: true,
        streamCount: 2,
      },
    });
  });

  it.each([-90, 90, 270, -270])('swaps the sides of a source that is rotated by %s degrees', (rotation) => {
    const rotated = { ...VIDEO, side_data_list: [{}, { rotation }] };
    expect(parseProbe(source(rotated))).toMatchObject({ source: { width: 720, height: 1280, storedWidth: 1280 } });
  });

  it('does not swap the sides of a source that is rotated by 180 degrees', () => {
    const rotated = { ...VIDEO, side_data_list: [{ rotation: 180 }] };
    expect(parseProbe(source(rotated))).toMatchObject({ source: { width: 1280, height: 720 } });
  });

  it.each([
    ['64:45', 1024],
    ['0:1', 720],
    [undefined, 720],
  ])('applies a sample aspect ratio of %s', (ratio, width) => {
    const anamorphic = { ...VIDEO, width: 720, height: 576, ...(ratio && { sample_aspect_ratio: ratio }) };
    const { sample_aspect_ratio: _square, ...withoutRatio } = anamorphic;
    expect(parseProbe(source(ratio ? anamorphic : withoutRatio))).toMatchObject({ source: { width, height: 576 } });
  });

  it.each([
    ['30000/1001', '37200/1241', '30000/1001', false],
    ['90000/1', '17300/1000', '24000/1001', true],
    ['120/1', '25/1', '25/1', true],
    ['240/1', '45/1', '45/1', true],
    ['0/0', '25/1', '25/1', false],
    ['0/0', '0/0', '30/1', true],
  ])(
    'selects, from a lowest common rate of %s and an average rate of %s, %s',
    (lowestCommon, average, chosen, hasVariableFrameRate) => {
      const [numerator, denominator] = chosen.split('/').map(Number);
      const stream = { ...VIDEO, r_frame_rate: lowestCommon, avg_frame_rate: average };
      expect(parseProbe(source(stream))).toMatchObject({
        source: { frameRate: { numerator, denominator }, hasVariableFrameRate },
      });
    },
  );

  it('ignores cover images', () => {
    const cover = { ...VIDEO, codec_name: 'mjpeg', width: 600, height: 600, disposition: { attached_pic: 1 } };
    expect(parseProbe(source(cover, VIDEO, AUDIO))).toMatchObject({ source: { videoCodec: 'h264', width: 1280 } });
    expect(parseProbe(source(cover, AUDIO))).toEqual({ isReadable: false, reason: 'no-video' });
  });

  it('returns hasAudio false without an audio stream', () => {
    expect(parseProbe(source(VIDEO))).toMatchObject({ source: { hasAudio: false, streamCount: 1 } });
  });

  it('returns no duration if the header does not contain it', () => {
    const json = JSON.stringify({ streams: [VIDEO], format: { nb_streams: 1 } });
    expect(parseProbe(json)).toMatchObject({ isReadable: true, source: { durationMs: undefined } });
  });

  it.each([
    ['incomplete JSON', '{\n'],
    ['empty output', ''],
    ['an empty object', '{}'],
    ['no streams', '{"streams":[],"format":{}}'],
    ['another shape', '[1]'],
  ])('reports not-media for %s', (_what, json) => {
    expect(parseProbe(json)).toEqual({ isReadable: false, reason: 'not-media' });
  });

  it('reports no-video-size for a video stream without a size', () => {
    expect(parseProbe(source({ ...VIDEO, width: 0 }))).toEqual({ isReadable: false, reason: 'no-video-size' });
  });
});
