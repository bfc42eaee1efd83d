// oidc-provider with the clients of scenario.toml, on a loopback address. start.sh starts it.
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Provider, errors } from 'oidc-provider';

const PORT = 24817;
const ISSUER = `http://127.0.0.1:${PORT}`;
const CALLBACK = 'http://127.0.0.1:24818/callback';
const RESOURCE = 'https://api.example/';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';

// The key of the client that signs: its public half stays here, the client reads the private one.
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = 'interop';
const clientKey = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid });
writeFileSync('client-key.json', clientKey, { mode: 0o600 });
const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] };

const web = (client_id, method, more) => ({
  client_id,
  client_secret: method.startsWith('client_secret') ? `${client_id}-secret-0123456789-abcdefghijkl` : undefined,
  token_endpoint_auth_method: method,
  redirect_uris: [CALLBACK],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  ...more,
});
const machine = { redirect_uris: [], response_types: [], grant_types: ['client_credentials'] };

const provider = new Provider(ISSUER, {
  clients: [
    web('basic', 'client_secret_basic'),
    web('post', 'client_secret_post'),
    web('public', 'none'),
    // These survive only if both are form-encoded before they are base64 (RFC 6749 section 2.3.1).
    web('odd:client-id', 'client_secret_basic', {
      client_secret: 'odd+%:/?&="\\~-secret-0123456789-abcdefghijkl',
    }),
    web('spaced client', 'client_secret_basic', {
      client_secret: 'spaced secret-0123456789-abcdefghijkl',
    }),
    web('secret-jwt', 'client_secret_jwt'),
    web('key-jwt', 'private_key_jwt', { token_endpoint_auth_signing_alg: 'ES256', jwks }),
    web('par', 'client_secret_basic', { require_pushed_authorization_requests: true }),
    web('dpop', 'none', { dpop_bound_access_tokens: true }),
    web('device', 'none', {
      redirect_uris: [],
      response_types: [],
      grant_types: [DEVICE, 'refresh_token'],
    }),
    web('machine', 'client_secret_basic', machine),
    web('resource-server', 'client_secret_basic', machine),
  ],
  scopes: ['openid', 'offline_access', 'profile', 'email', 'photos'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `User ${id}`, email: `${id}@example.test`, email_verified: true }),
  }),
  cookies: { keys: [crypto.randomUUID()] },
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  pkce: { required: () => true },
  enabledJWA: { clientAuthSigningAlgValues: ['HS256', 'ES256'] },
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 60,
    ClientCredentials: 600,
    DeviceCode: 600,
    Grant: 3600,
    IdToken: 3600,
    Interaction: 600,
    RefreshToken: 3600,
    Session: 3600,
  },
  features: {
    // Pages that take any user name and any password.
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    // Demanded of every proof, at the token endpoint and at the resource.
    dPoP: { enabled: true, nonceSecret: crypto.getRandomValues(Buffer.alloc(32)), requireNonce: () => true },
    introspection: {
      enabled: true,
      allowedPolicy: (_ctx, client) => client.clientId === 'resource-server',
    },
    registration: { enabled: true },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => false,
      getResourceServerInfo: (_ctx, indicator) => {
        if (indicator !== RESOURCE) throw new errors.InvalidTarget();
        return { scope: 'photos', audience: indicator, accessTokenFormat: 'opaque' };
      },
    },
    revocation: { enabled: true },
  },
});
provider.on('server_error', (_ctx, error) => console.error('server_error', error));
provider.listen(PORT, '127.0.0.1');
