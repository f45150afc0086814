import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { type ReactNode, useState } from 'react';
import { type ArtworkFormat, findArtwork } from './artwork.js';
import { PosterArt } from './poster-art.js';
import './poster.css';

type IllustratedTitle = Pick<Schema<'Title'>, 'id' | 'name' | 'genres' | 'artwork'>;

export interface ArtworkImageProps {
  readonly title: IllustratedTitle;
  readonly format: ArtworkFormat;
  /** Shown if the title has no image, or if the image cannot be loaded. */
  readonly fallback: ReactNode;
}

/** The image that an editor has added to a title. */
export function ArtworkImage({ title, format, fallback }: ArtworkImageProps) {
  const [failedUrl, setFailedUrl] = useState<string>();
  const image = findArtwork(title.artwork, format);
  if (!image || image.url === failedUrl) return fallback;
  const { url, widthPx, heightPx, alternativeText } = image;
  const description = format === 'portrait' ? 'title.posterOf' : 'title.sceneOf';
  return (
    <img
      className="poster-art poster-image"
      src={url}
      width={widthPx}
      height={heightPx}
      alt={alternativeText === '' ? t(description, { name: title.name }) : alternativeText}
      decoding="async"
      draggable={false}
      onError={() => setFailedUrl(url)}
    />
  );
}

/** The wide image of a title, or a drawing. */
export function Backdrop({ title }: { readonly title: IllustratedTitle }) {
  return <ArtworkImage title={title} format="landscape" fallback={<PosterArt title={title} format="landscape" />} />;
}
