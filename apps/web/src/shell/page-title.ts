import { useEffect } from 'react';

export function usePageTitle(name?: string): void {
  useEffect(() => {
    document.title = name ? `${name} · Viernes` : 'Viernes';
  }, [name]);
}
