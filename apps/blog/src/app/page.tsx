import { apps } from '@sso/domains';
import { PostList } from '../components/post-list.tsx';
import { SitePage } from '../components/site-page.tsx';
import { listPostsForSession } from '../posts/posts-for-session.ts';
import { Tonight } from '../sky/tonight.tsx';

export default async function HomePage() {
  const posts = await listPostsForSession();
  return (
    <SitePage path="/">
      <div className="page front">
        <header className="masthead">
          <h1>{apps.blog.tagline}</h1>
          <p>
            For people with one pair of eyes and a clear evening. How the dark works, where things are, and
            what is worth staying up for.
          </p>
          <Tonight now={Math.floor(Date.now() / 1000)} />
        </header>
        <PostList posts={posts} />
      </div>
    </SitePage>
  );
}
