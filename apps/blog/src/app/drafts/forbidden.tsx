import { RefusedPage } from '../../components/refused-page.tsx';

/** Stands in for the pages of drafts, and for their actions. */
export default function DraftsForbiddenPage() {
  return (
    <RefusedPage path="/drafts" title="This account does not write here" permission="blog:drafts.write" />
  );
}
