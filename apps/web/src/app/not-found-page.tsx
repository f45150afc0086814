import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';

export function NotFoundPage() {
  usePageTitle('Page not found');
  return (
    <div className="page">
      <Notice heading="Page not found" actions={<NoticeLink to="/">Go to the home page</NoticeLink>}>
        <p>There is no page at this URL.</p>
      </Notice>
    </div>
  );
}
