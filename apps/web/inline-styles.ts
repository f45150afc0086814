import type { Plugin } from 'vite';

const STYLESHEET = /<link rel="stylesheet"[^>]* href="\/([^"]+)">/g;

/** Puts the styles of the first load into index.html, so that the browser can paint when it has received the page. */
export function inlineStyles(): Plugin {
  return {
    name: 'inline-styles',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) =>
        html.replace(STYLESHEET, (link, name: string) => {
          const file = bundle[name];
          if (file?.type !== 'asset') return link;
          delete bundle[name];
          return `<style>${String(file.source)}</style>`;
        }),
    },
  };
}
