import type { GeneratedVideo } from '../video/generate-video.js';

/** A title with a short video file that ffmpeg generates. */
export interface DemoTitle extends GeneratedVideo {
  readonly slug: string;
  readonly name: string;
  readonly synopsis: string;
  readonly genres: readonly string[];
}

/** In order of upload: the fastest to generate first. */
export const DEMO_TITLES: readonly DemoTitle[] = [
  {
    slug: 'small-lives',
    name: 'Small Lives',
    synopsis: 'Every cell has eight neighbors and two rules to live by. Conway’s game, told as a summer by the sea.',
    genres: ['Animation', 'Nature'],
    widthPx: 854,
    heightPx: 480,
    framesPerSecond: 24,
    durationSeconds: 30,
    videoGraph:
      'life=size=214x120:rate=12:ratio=0.14:seed=5:mold=30:life_color=#ffd166:death_color=#073b4c:mold_color=#118ab2,' +
      'fps=24,scale=854:480:flags=neighbor,setsar=1',
    audioExpression: '0.1*sin(2*PI*220*t)+0.12*sin(2*PI*660*t)*exp(-8*mod(t,1))',
  },
  {
    slug: 'slow-colors',
    name: 'Slow Colors',
    synopsis: 'Five colors meet on a warm evening and take half a minute to say goodbye.',
    genres: ['Animation', 'Slow Cinema'],
    widthPx: 1280,
    heightPx: 720,
    framesPerSecond: 24,
    durationSeconds: 30,
    videoGraph:
      'gradients=size=1280x720:rate=24:n=5:c0=#ef476f:c1=#ffd166:c2=#06d6a0:c3=#118ab2:c4=#3a0ca3' +
      ':speed=0.012:seed=7:duration=60',
    audioExpression: '0.08*(sin(2*PI*196*t)+sin(2*PI*246.94*t)+sin(2*PI*293.66*t))*(0.6+0.4*sin(2*PI*0.1*t))',
  },
  {
    slug: 'seahorse-valley',
    name: 'Seahorse Valley',
    synopsis: 'A dive into the Mandelbrot set, between the great heart and its bulb, to where the seahorses curl.',
    genres: ['Animation', 'Adventure'],
    widthPx: 854,
    heightPx: 480,
    framesPerSecond: 24,
    durationSeconds: 32,
    // Generated at half the size: at full size the set's border is noise, which is slow to generate and to encode.
    videoGraph:
      'mandelbrot=size=428x240:rate=24:start_scale=2:end_scale=0.0004:end_pts=900:maxiter=500' +
      ':start_x=-0.743643887037151:start_y=-0.131825904205330,scale=854:480:flags=bicubic,setsar=1',
    audioExpression: '0.1*sin(2*PI*(110*t+1.5*t*t))+0.07*sin(2*PI*165*t)',
  },
  {
    slug: 'rule-110',
    name: 'Rule 110',
    synopsis: 'One line, one rule, no director. What it knits can compute anything, and looks good in green.',
    genres: ['Animation', 'Mystery'],
    widthPx: 854,
    heightPx: 480,
    framesPerSecond: 30,
    durationSeconds: 24,
    videoGraph:
      'cellauto=size=214x120:rate=30:rule=110:random_seed=11:random_fill_ratio=0.3:scroll=1,' +
      'format=rgb24,scale=854:480:flags=neighbor,setsar=1,colorchannelmixer=rr=0.35:gg=0.9:bb=0.75',
    audioExpression: '0.1*sin(2*PI*(220+55*floor(mod(t*3,5)))*t)',
  },
  {
    slug: 'test-card-after-midnight',
    name: 'Test Card After Midnight',
    synopsis: 'The program is over, the card stays on. For everyone who never found the switch.',
    genres: ['Animation', 'Comedy'],
    widthPx: 854,
    heightPx: 480,
    framesPerSecond: 30,
    durationSeconds: 20,
    videoGraph: 'testsrc2=size=854x480:rate=30',
    audioExpression: '0.12*sin(2*PI*440*t)*lt(mod(t,1),0.08)+0.05*sin(2*PI*110*t)',
  },
];
