import { Link } from 'react-router';
import { Notice } from './notice.js';
import { usePageTitle } from './page-title.js';

export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <div className="page">
      <Notice
        heading="This reel is missing"
        actions={
          <Link className="button button-primary" to="/">
            Back to the films
          </Link>
        }
      >
        <p>There is no page at this address. Error 404.</p>
      </Notice>
    </div>
  );
}
