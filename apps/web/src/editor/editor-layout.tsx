import { Outlet } from 'react-router';
import { ForRole } from '../session/for-role.js';
import './editor.css';

/** Shows the pages that change the catalog to editors only. */
export function EditorLayout() {
  return (
    <ForRole role="editor">
      <Outlet />
    </ForRole>
  );
}
