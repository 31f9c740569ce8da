// Runs before an installation, also by an old Node. yarn would install other versions than the lockfile names.
const [name = 'this program'] = (process.env['npm_config_user_agent'] ?? '').split('/');
if (name !== 'pnpm') {
  process.stderr.write(`✗ ${name} can't install this project: type npx -y pnpm@12 install\n`);
  process.exitCode = 1;
}
