import type { Schema } from '@viernes/api-client';
import type { ReactNode } from 'react';
import './avatar.css';

export type AvatarName = Schema<'Avatar'>;

const INK = '#1c1326';

const Eyes = ({
  y = 25,
  x = 6,
  radius = 2.2,
}: {
  readonly y?: number;
  readonly x?: number;
  readonly radius?: number;
}) => (
  <g fill={INK}>
    <circle cx={24 - x} cy={y} r={radius} />
    <circle cx={24 + x} cy={y} r={radius} />
  </g>
);
const Nose = ({ y }: { readonly y: number }) => <path d={`M20.5 ${y}h7l-3.5 4z`} fill={INK} />;

/** The color of the background, and the drawing on it in 48 x 48 units. */
const AVATARS: Readonly<Record<AvatarName, { readonly color: string; readonly drawing: ReactNode }>> = {
  star: {
    color: '#ffb24d',
    drawing: (
      <path d="m24 9 4.7 9.6 10.5 1.5-7.6 7.4 1.8 10.5L24 33l-9.4 5 1.8-10.5-7.6-7.4 10.5-1.5z" fill="#fff6e4" />
    ),
  },
  moon: { color: '#5b6ee1', drawing: <path d="M31 34.5A14 14 0 1 1 28 11a11.5 11.5 0 0 0 3 23.5z" fill="#fdf3c8" /> },
  rocket: {
    color: '#2fa39a',
    drawing: (
      <g>
        <path d="M24 7c6 5 8 12 7 21H17c-1-9 1-16 7-21z" fill="#f8f1e9" />
        <path d="m17 23-6 8v5l7-5zm14 0 6 8v5l-7-5z" fill="#ff7a59" />
        <path d="M20 31h8l-4 10z" fill="#ffb24d" />
        <circle cx="24" cy="19" r="3.5" fill={INK} />
      </g>
    ),
  },
  robot: {
    color: '#7a8ca3',
    drawing: (
      <g>
        <path d="M24 8v7" stroke={INK} strokeWidth="2" />
        <circle cx="24" cy="8" r="2.5" fill="#ff7a59" />
        <rect x="10" y="15" width="28" height="22" rx="6" fill="#e8eef5" />
        <Eyes y={24} x={6.5} radius={3} />
        <path d="M18 31h12" stroke={INK} strokeWidth="2.5" strokeLinecap="round" />
      </g>
    ),
  },
  ghost: {
    color: '#8a5bd1',
    drawing: (
      <g>
        <path d="M11 38V23a13 13 0 0 1 26 0v15l-4.3-4-4.4 4-4.3-4-4.3 4-4.4-4z" fill="#faf6ff" />
        <Eyes y={23} x={5} radius={2.8} />
      </g>
    ),
  },
  bear: {
    color: '#e0995e',
    drawing: (
      <g fill="#6b3f22">
        <circle cx="13.5" cy="15" r="5.5" />
        <circle cx="34.5" cy="15" r="5.5" />
        <circle cx="24" cy="26" r="14" />
        <ellipse cx="24" cy="31" rx="7" ry="5.5" fill="#f1d3b3" />
        <Eyes y={23} />
        <Nose y={28} />
      </g>
    ),
  },
  cat: {
    color: '#f2789f',
    drawing: (
      <g fill="#4b4453">
        <path d="m10 8 12 8h4l12-8v18a14 13 0 0 1-28 0z" />
        <g fill="#ffd76e">
          <circle cx="18" cy="25" r="3.5" />
          <circle cx="30" cy="25" r="3.5" />
        </g>
        <Eyes radius={1.7} />
        <path d="M22 30h4l-2 2.5z" fill="#f2a0b8" />
      </g>
    ),
  },
  dog: {
    color: '#59a8dd',
    drawing: (
      <g>
        <circle cx="24" cy="25" r="13.5" fill="#f3dcbf" />
        <path d="M15 12c-7 0-8 8-6 16 5 1 8-5 8-12zm18 0c7 0 8 8 6 16-5 1-8-5-8-12z" fill="#8b5a34" />
        <Eyes y={23} x={5.5} />
        <Nose y={29} />
      </g>
    ),
  },
  fox: {
    color: '#3f8f5a',
    drawing: (
      <g>
        <path d="m9 9 10 6h10l10-6v14L24 40 9 23z" fill="#f0803c" />
        <path d="m9 23 9 3 6 14zm30 0-9 3-6 14z" fill="#fff3e6" />
        <Eyes y={23} x={5.5} />
        <Nose y={35.5} />
      </g>
    ),
  },
  owl: {
    color: '#4d5a9e',
    drawing: (
      <g>
        <path d="m11 10 8 4h10l8-4v18a13 12 0 0 1-26 0z" fill="#a9784f" />
        <g fill="#fff3d6">
          <circle cx="18" cy="23" r="6.5" />
          <circle cx="30" cy="23" r="6.5" />
        </g>
        <Eyes y={23} radius={3} />
        <path d="m21.5 28 2.5 5 2.5-5z" fill="#ffb24d" />
      </g>
    ),
  },
};

/** A decorative image: the name of the profile or of the avatar is next to it. */
export function Avatar({ name }: { readonly name: AvatarName }) {
  const { color, drawing } = AVATARS[name];
  return (
    <svg className="avatar" viewBox="0 0 48 48" style={{ background: color }} aria-hidden="true">
      {drawing}
    </svg>
  );
}
