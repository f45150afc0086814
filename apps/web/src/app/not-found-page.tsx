import { Link } from 'react-router';
import { Notice } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';

export function NotFoundPage() {
  usePageTitle('Page not found');
  return (
    <div className="page">
      <Notice
        heading="Page not found"
        actions={
          <Link className="button button-primary" to="/">
            Go to the home page
          </Link>
        }
      >
        <p>There is no page at this URL.</p>
      </Notice>
    </div>
  );
}
