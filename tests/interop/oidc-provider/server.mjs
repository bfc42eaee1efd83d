// oidc-provider with two clients, on a loopback address. start.sh starts it.
import { Provider } from 'oidc-provider';

const PORT = 24817;
const ISSUER = `http://127.0.0.1:${PORT}`;
const CALLBACK = 'http://127.0.0.1:24818/callback';

const web = {
  redirect_uris: [CALLBACK],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  scope: 'openid profile email',
};
const provider = new Provider(ISSUER, {
  clients: [
    {
      ...web,
      client_id: 'printmypics',
      client_secret: process.env.PRINTMYPICS_CLIENT_SECRET,
      token_endpoint_auth_method: 'client_secret_basic',
    },
    { ...web, client_id: 'printmypics-public', token_endpoint_auth_method: 'none' },
  ],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `User ${id}`, email: `${id}@example.test`, email_verified: true }),
  }),
  cookies: { keys: [crypto.randomUUID()] },
  issueRefreshToken: () => true,
  rotateRefreshToken: (ctx) => ctx.oidc.client.clientAuthMethod === 'none',
  pkce: { required: () => true },
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 60,
    Grant: 3600,
    IdToken: 3600,
    Interaction: 600,
    RefreshToken: 3600,
    Session: 3600,
  },
  // Pages that take any user name and any password.
  features: { devInteractions: { enabled: true } },
});
provider.on('server_error', (_ctx, error) => console.error('server_error', error));
provider.listen(PORT, '127.0.0.1', () => console.log(`ready: ${ISSUER}`));
