import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requirePermission } from '../../../auth.ts';
import { DraftForm } from '../../../components/draft-form.tsx';
import { SitePage } from '../../../components/site-page.tsx';
import { beginDraft } from '../../../posts/actions.ts';
import { ProductPicker } from '../../../shop/product-picker.tsx';

export const metadata: Metadata = { title: 'Write a note' };

const empty = { title: '', summary: '', topic: '', body: '' };

export default async function NewDraftPage() {
  await requirePermission('blog:drafts.write', '/drafts/new');
  return (
    <SitePage path="/drafts/new">
      <div className="page editor">
        <header className="stack">
          <p className="eyebrow">For authors</p>
          <h1>Write a note</h1>
          <p className="text-soft">
            It begins as a draft that you and editors see. <Link href="/drafts">Your drafts</Link>
          </p>
        </header>
        <DraftForm action={beginDraft} text={empty} idempotencyKey={randomUUID()} />
        <ProductPicker />
      </div>
    </SitePage>
  );
}
