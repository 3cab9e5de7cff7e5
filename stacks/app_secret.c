// SPDX-License-Identifier: MIT
#include "stacks/app_secret.h"

// clang-format off
const struct tango_secret_key tango_app_secret_keys[] = {
    { "DJANGO_SECRET_KEY", "SECRET_KEY", "key that Django signs with: 50 random characters or more", "" },
    { "STYTCH_PROJECT_ID", "STYTCH_PROJECT_ID", "Stytch project", "project-live-..." },
    { "STYTCH_SECRET", "STYTCH_SECRET", "secret of the Stytch project", "secret-live-..." },
    { "STRIPE_SECRET_KEY", "STRIPE_SECRET_KEY", "Stripe secret key", "sk_live_..." },
    { "STRIPE_PRICE_ID", "STRIPE_PRICE_ID", "Stripe price of the subscription", "price_..." },
    { "STRIPE_WEBHOOK_SECRET", "STRIPE_WEBHOOK_SECRET", "signing secret of the Stripe webhook", "whsec_..." },
    { "RESEND_API_KEY", "RESEND_API_KEY", "Resend key, for mail", "re_..." },
    { "CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGINS", "origins that may call the API, separated by commas", "https://app.example.com" },
    { "WEBAUTHN_RP_ID", "WEBAUTHN_RP_ID", "domain that passkeys are for", "example.com" },
    { "WEBAUTHN_RP_NAME", "WEBAUTHN_RP_NAME", "name that passkeys show", "Tango" },
    { "WEBAUTHN_ORIGIN", "WEBAUTHN_ORIGIN", "origin of the frontend, where passkeys are used", "https://app.example.com" },
    { "STYTCH_TRUSTED_AUTH_PROFILE_ID", "STYTCH_TRUSTED_AUTH_PROFILE_ID", "Stytch trusted auth token profile", "trusted-auth-token-profile-live-..." },
    { "STYTCH_TRUSTED_AUTH_AUDIENCE", "STYTCH_TRUSTED_AUTH_AUDIENCE", "audience of the trusted auth tokens", "stytch" },
    { "STYTCH_TRUSTED_AUTH_ISSUER", "STYTCH_TRUSTED_AUTH_ISSUER", "issuer of the trusted auth tokens", "passkey-auth" },
    { "PASSKEY_JWT_PRIVATE_KEY", "PASSKEY_JWT_PRIVATE_KEY", "private key (PEM) that signs the trusted auth tokens", "" },
    { 0 },
};
// clang-format on

size_t tango_app_secret_key_count(void)
{
    return sizeof(tango_app_secret_keys) / sizeof(*tango_app_secret_keys) - 1;
}
