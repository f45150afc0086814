import { Outlet } from 'react-router';
import { ForEditors } from '../session/for-editors.js';
import './editor.css';

/** The frame of all pages that change the catalog. */
export function EditorLayout() {
  return (
    <ForEditors>
      <Outlet />
    </ForEditors>
  );
}
