import { Outlet } from 'react-router';
import { ForRole } from '../session/for-role.js';
import './editor.css';

/** The frame of all pages that change the catalog. */
export function EditorLayout() {
  return (
    <ForRole role="editor">
      <Outlet />
    </ForRole>
  );
}
