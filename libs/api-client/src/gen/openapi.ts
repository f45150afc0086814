export interface paths {
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts by email (admins)
         * @description Requires the role `admin`.
         */
        get: operations["listAccounts"];
        put?: never;
        /** Create an account with its first profile, and send a link that verifies the email */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/email-verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify an email with the token of the link that was sent to it; the token is valid once, for 24 hours */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/email-verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send another link that verifies the email, at most 3 per hour; has no effect if the email is verified */
        post: operations["requestEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a link that resets the password, if the email belongs to an account; the response is the same if it does not */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/password-resets/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a password with the token of the link; the token is valid once, for one hour. Ends all sessions */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace the password; ends all other sessions */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Send a link to a new email, which becomes the email of the account when the link is opened */
        put: operations["changeEmail"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the passkeys, oldest first */
        get: operations["listPasskeys"];
        put?: never;
        /** Add the passkey that a browser has created; the owner receives a mail. An account has at most 10 passkeys */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/passkey-challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Request the options for creating a passkey in a browser (WebAuthn) */
        post: operations["startPasskeyRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a passkey; the owner receives a mail, and sessions continue */
        delete: operations["removePasskey"];
        options?: never;
        head?: never;
        /** Rename a passkey with a JSON Merge Patch */
        patch: operations["patchPasskey"];
        trace?: never;
    };
    "/v1/sessions/passkey-challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Request the options for signing in with a passkey of any account (WebAuthn) */
        post: operations["startPasskeySignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey; all rejections have the same response */
        post: operations["signInWithPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the OpenID providers with which users can sign in */
        get: operations["listSignInProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/provider-authorizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a sign-in with a provider; returns the URL for the browser (OpenID Connect, PKCE) */
        post: operations["startProviderSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the response of a provider, in the browser that started the sign-in; creates an account for a new user with a verified email */
        post: operations["signInWithProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the identities with which the owner of the account can sign in, oldest first */
        get: operations["listIdentities"];
        put?: never;
        /** Link the identity in the response of a provider, at most one per provider; the owner receives a mail */
        post: operations["addIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/identity-authorizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start linking an identity of a provider to the account; returns the URL for the browser */
        post: operations["startIdentityLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an identity; the owner receives a mail, and sessions continue */
        delete: operations["removeIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys, oldest first */
        get: operations["listApiKeys"];
        put?: never;
        /** Create an API key for the selected profile; the owner receives a mail. An account has at most 20 API keys */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/api-keys/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create another secret of an API key; the owner receives a mail */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/security-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sign-ins, rejected passwords and changes of the account in the last 180 days, newest first */
        get: operations["listSecurityEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the role of another account (admins); a lower role ends all its sessions
         * @description Requires the role `admin`.
         */
        put: operations["changeRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete the account and its data, except published titles and videos; a profile without a maximum age must be selected */
        post: operations["deleteAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Download the data of the account; a profile without a maximum age must be selected */
        post: operations["exportAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the limits of the account and of the API key, and the remaining requests */
        get: operations["getPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the plans that accounts can have (admins)
         * @description Requires the role `admin`.
         */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the plan of an account (admins); applies to API keys within 30 s, to sessions within 15 minutes
         * @description Requires the role `admin`.
         */
        put: operations["changePlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the refresh cookie for a new access token and a new refresh cookie; each cookie is valid once, and for 10 s after its first use */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out; revokes the access token and the refresh token immediately */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the devices that are signed in, latest use first */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out a device; has no effect if the session does not belong to the account */
        delete: operations["endSessionById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/sessions/others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out all other devices */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the account's profiles */
        get: operations["listProfiles"];
        put?: never;
        /** Create a profile; an account has up to five */
        post: operations["createProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a profile */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        /** Delete a profile and its data; if it has a PIN, the session must have selected it */
        delete: operations["deleteProfile"];
        options?: never;
        head?: never;
        /** Change fields of a profile with a JSON Merge Patch; if it has a PIN, the session must have selected it */
        patch: operations["patchProfile"];
        trace?: never;
    };
    "/v1/profiles/{id}/continue-watching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the titles that a profile can continue watching, each once, most recent first; if the profile has a PIN, the session must have selected it */
        get: operations["listContinueWatching"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set or replace the PIN of a profile; if it has a PIN, the session must have selected it. Other sessions must select it again */
        put: operations["setProfilePin"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/pin-removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove a PIN, for example a forgotten one, with the password of the account */
        post: operations["removeProfilePin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/selection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Select the profile that the session acts for, until it selects another one */
        post: operations["selectProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/my-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the titles that the selected profile wants to watch, latest first */
        get: operations["listMyList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/my-list/{titleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get whether the list contains a title */
        get: operations["getMyListEntry"];
        /** Add a title to the list, which can contain up to 500 */
        put: operations["addToMyList"];
        post?: never;
        /** Remove a title from the list */
        delete: operations["removeFromMyList"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings/{titleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the rating of a title by the selected profile */
        get: operations["getRating"];
        /** Rate a title */
        put: operations["rateTitle"];
        post?: never;
        /** Remove the rating of a title */
        delete: operations["removeRating"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the films and episodes that the selected profile has watched, latest first */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        /** Clear the history, and with it the list of titles to continue watching */
        delete: operations["clearHistory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a film, an episode, or all episodes of a series from the history, and from the titles to continue watching */
        delete: operations["removeFromHistory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List titles in the selected order, or best match first for a query */
        get: operations["listTitles"];
        put?: never;
        /**
         * Create a title
         * @description Requires the role `editor`.
         */
        post: operations["createTitle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/title-facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the titles of a list, in total and for each value of each filter */
        get: operations["listTitleFacets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/title-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest names of titles and people while a user types
         * @deprecated
         */
        get: operations["listTitleSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/title-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suggest names of titles and people while a user types */
        get: operations["listTitleSuggestionsV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a title */
        get: operations["getTitle"];
        /**
         * Replace a title. Removes omitted fields, except the slug.
         * @description Requires the role `editor`.
         */
        put: operations["replaceTitle"];
        post?: never;
        /**
         * Delete a title until it is restored
         * @description Requires the role `editor`.
         */
        delete: operations["deleteTitle"];
        options?: never;
        head?: never;
        /**
         * Change fields of a title with a JSON Merge Patch (RFC 7396)
         * @description Requires the role `editor`.
         */
        patch: operations["patchTitle"];
        trace?: never;
    };
    "/v1/rpc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read titles over a WebSocket, with concurrent requests */
        get: operations["openTitleSocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}/related": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List titles that are similar to a title */
        get: operations["listRelatedTitles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the deletion of a title. Has no effect on a title that is not deleted.
         * @description Requires the role `editor`.
         */
        post: operations["restoreTitle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the changes of a title, even a deleted one, newest first
         * @description Requires the role `editor`.
         */
        get: operations["listTitleChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}/seasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the seasons of a series with their episodes */
        get: operations["listSeasons"];
        put?: never;
        /**
         * Add a season to a series
         * @description Requires the role `editor`.
         */
        post: operations["createSeason"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}/seasons/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a season with its episodes */
        get: operations["getSeason"];
        /**
         * Replace a season; episodes with the same number keep their IDs
         * @description Requires the role `editor`.
         */
        put: operations["replaceSeason"];
        post?: never;
        /**
         * Delete a season with its episodes until it is restored
         * @description Requires the role `editor`.
         */
        delete: operations["deleteSeason"];
        options?: never;
        head?: never;
        /**
         * Change fields of a season with a JSON Merge Patch (RFC 7396)
         * @description Requires the role `editor`.
         */
        patch: operations["patchSeason"];
        trace?: never;
    };
    "/v1/titles/{id}/seasons/{number}/episodes/{episode}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an episode */
        get: operations["getEpisode"];
        /**
         * Replace an episode. It keeps its ID, and the revision of its season increases.
         * @description Requires the role `editor`.
         */
        put: operations["replaceEpisode"];
        post?: never;
        /**
         * Remove an episode from its season until it is restored
         * @description Requires the role `editor`.
         */
        delete: operations["deleteEpisode"];
        options?: never;
        head?: never;
        /**
         * Change fields of an episode with a JSON Merge Patch (RFC 7396)
         * @description Requires the role `editor`.
         */
        patch: operations["patchEpisode"];
        trace?: never;
    };
    "/v1/titles/{id}/seasons/{number}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the latest deletion of a season. Has no effect on a season that exists.
         * @description Requires the role `editor`.
         */
        post: operations["restoreSeason"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}/seasons/{number}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the changes of a season and its episodes, even of a deleted season, newest first
         * @description Requires the role `editor`.
         */
        get: operations["listSeasonChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/titles/{id}/seasons/{number}/episodes/{episode}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the latest removal of an episode. Has no effect on an episode that exists.
         * @description Requires the role `editor`.
         */
        post: operations["restoreEpisode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/title-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or replace titles by their external IDs. Rejects only the invalid titles. Keeps the stored artwork and availability of a title if the import has none.
         * @description Requires the role `editor`.
         */
        post: operations["importTitles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/title-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all titles with all fields, including titles that viewers cannot see, oldest first
         * @description Requires the role `editor`.
         */
        get: operations["exportTitles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a person who is credited in titles */
        get: operations["getPerson"];
        /**
         * Change the name of a person in all titles, and the slug
         * @description Requires the role `editor`.
         */
        put: operations["replacePerson"];
        post?: never;
        /**
         * Delete a person and their credits until the person is restored
         * @description Requires the role `editor`.
         */
        delete: operations["deletePerson"];
        options?: never;
        head?: never;
        /**
         * Change fields of a person with a JSON Merge Patch (RFC 7396)
         * @description Requires the role `editor`.
         */
        patch: operations["patchPerson"];
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a person without credits. Saving a title creates missing people of its credits
         * @description Requires the role `editor`.
         */
        post: operations["createPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the deletion of a person: the credits return to their titles. Has no effect on a person who is not deleted.
         * @description Requires the role `editor`.
         */
        post: operations["restorePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the changes of a person, even a deleted one, newest first. If a credit of a title created the person, the creation is a change of that title.
         * @description Requires the role `editor`.
         */
        get: operations["listPersonChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deleted titles and people, which can be restored, latest deletion first
         * @description Requires the role `editor`.
         */
        get: operations["listDeletions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the rows of the home page; omits the rows of unavailable services and names those services */
        get: operations["getHome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's ten most recent uploads for a title */
        get: operations["listUploads"];
        put?: never;
        /**
         * Start a multipart upload of one file for a title
         * @description Requires the role `editor`.
         */
        post: operations["startUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an upload and its uploaded parts */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        /** Abort an upload and delete its parts */
        delete: operations["abortUpload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get URLs for uploading parts with PUT, each valid for one part */
        post: operations["presignUploadParts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}/parts/{partNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Upload a part if clients cannot reach object storage; `presignUploadParts` returns the URL */
        put: operations["putUploadPart"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify size and checksum and create the asset; repeated calls return the same asset */
        post: operations["completeUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the processing state of an uploaded file
         * @description Requires the role `editor`.
         */
        get: operations["getAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch an asset: one event immediately, and one for each change until its final state
         * @description Requires the role `editor`.
         */
        get: operations["watchAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receive events over a WebSocket: send a SubscribeMessage with topics and, to resume, the ID of the latest event */
        get: operations["watchEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a playback session; uses one of the account's concurrent streams */
        post: operations["startPlayback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playback/{id}/master.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the HLS master playlist of the available renditions (RFC 8216) */
        get: operations["getMasterPlaylist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playback/{id}/renditions/{renditionId}.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the HLS media playlist of a rendition; its segments are byte ranges of one presigned URL, or of `getMedia` if browsers cannot reach object storage */
        get: operations["getMediaPlaylist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playback/{id}/media/{renditionId}.mp4": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the bytes of a rendition if browsers cannot reach object storage; supports ranges and conditions */
        get: operations["getMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playback/{id}/heartbeats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Extend the playback session and report the position */
        post: operations["heartbeatPlayback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playback/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a playback session and release its stream */
        delete: operations["endPlayback"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a watch party for a title, with the selected profile as its host */
        post: operations["createParty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a watch party; it does not exist for a profile below the minimum age of the title */
        get: operations["getParty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parties/{code}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Join a watch party over a WebSocket; an error message with PARTY_NOT_FOUND, PARTY_FULL or PROFILE_NOT_SELECTED ends the connection */
        get: operations["joinParty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks of the account, oldest first
         * @description Requires the role `editor`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook, which receives signed messages about events. An account has at most 10 webhooks
         * @description Requires the role `editor`.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description Requires the role `editor`.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook with its deliveries
         * @description Requires the role `editor`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook with a JSON Merge Patch. Enabling it sends the pending deliveries
         * @description Requires the role `editor`.
         */
        patch: operations["patchWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create another secret. During the overlap, messages are signed with both secrets
         * @description Requires the role `editor`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message of the type webhook.test. The list of deliveries contains its outcome
         * @description Requires the role `editor`.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of the last 30 days, newest first
         * @description Requires the role `editor`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{deliveryId}/redelivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again, with the same ID, unless it is being sent
         * @description Requires the role `editor`.
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that a service stopped retrying, most recent failure first
         * @description Requires the role `admin`.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{service}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a dead letter with its payload
         * @description Requires the role `admin`.
         */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Drop the event permanently; repeated calls have no further effect
         * @description Requires the role `admin`.
         */
        delete: operations["dropDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{service}/{id}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redrive the event to its consumer; repeated calls redrive it once
         * @description Requires the role `admin`.
         */
        post: operations["redriveDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debug/traces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the spans that all services recorded for a trace in the last hour (admins)
         * @description Requires the role `admin`.
         */
        get: operations["getDebugTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calls of the account by time, API key, operation and status; for admins, the calls of all accounts */
        get: operations["listUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get this document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the description of a problem type */
        get: operations["getProblemType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "id": "9b2f0a53-6a1c-4f3e-8a55-0d3c1c0f7e21",
         *       "email": "ada@example.com",
         *       "emailVerifiedAt": "2026-06-05T20:15:00.000Z",
         *       "language": "en",
         *       "role": "viewer",
         *       "plan": "account"
         *     }
         */
        Account: {
            /** Format: uuid */
            id: string;
            email: string;
            /** @description Null until the owner opens the link in a mail */
            emailVerifiedAt: string | null;
            /**
             * @description Language of mails. Follows the language of the selected profile
             * @enum {string}
             */
            language: "en" | "es";
            /**
             * @description Each role includes the rights of those before it
             * @enum {string}
             */
            role: "viewer" | "editor" | "admin";
            /** @description Name of the plan that limits its requests */
            plan: string;
        };
        /**
         * @example {
         *       "password": "correct horse battery"
         *     }
         */
        AccountDeletion: {
            password: string;
        };
        /**
         * @example {
         *       "exportedAt": "2026-06-05T20:15:00.000Z",
         *       "user": {
         *         "account": {
         *           "email": "ada@example.com",
         *           "language": "en"
         *         },
         *         "profiles": [
         *           {
         *             "name": "Ada",
         *             "hasPin": false
         *           }
         *         ]
         *       },
         *       "video": {
         *         "uploads": [],
         *         "playbackSessions": []
         *       },
         *       "catalog": {
         *         "changes": []
         *       }
         *     }
         */
        AccountExport: {
            /** Format: date-time */
            exportedAt: string;
            /** @description The account, its profiles with their history, lists and ratings, its sign-in methods, devices, API calls, and security events */
            user: {
                [key: string]: unknown;
            };
            /** @description Uploads, recent playback sessions, and watch parties */
            video: {
                [key: string]: unknown;
            };
            /** @description Changes of the catalog by the account, without the changed values, and webhooks */
            catalog: {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "password": "correct horse battery"
         *     }
         */
        AccountExportRequest: {
            password: string;
        };
        AccountPage: {
            accounts: components["schemas"]["Account"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        AccountPlan: {
            name: string;
            /** Format: date-time */
            monthEndsAt: string;
            /** @description The budget of the account, then that of the API key if it has one. Each request counts towards all of them */
            budgets: {
                name: string;
                /** @description Requests per second in the long run */
                rate: number;
                /** @description Requests that are admitted in a burst after a pause */
                burst: number;
                /** @description Requests per calendar month (UTC). Null: unlimited */
                callsPerMonth: number | null;
                /** @description Requests that are admitted now. Null: temporarily unknown */
                remaining: number | null;
                /** @description Remaining requests of this month. Null: unlimited, or temporarily unknown */
                remainingCalls: number | null;
            }[];
        };
        /**
         * @example {
         *       "id": "1a7c5e90-3b2d-4c6f-8e1a-9d0b7f6c5a42",
         *       "isCurrent": true,
         *       "device": {
         *         "browser": "Firefox",
         *         "system": "Linux",
         *         "type": "desktop"
         *       },
         *       "address": "192.0.2.7",
         *       "createdAt": "2026-06-01T19:00:00.000Z",
         *       "lastUsedAt": "2026-06-05T20:15:00.000Z"
         *     }
         */
        ActiveSession: {
            /** Format: uuid */
            id: string;
            /** @description Whether it is the session of the request */
            isCurrent: boolean;
            device: components["schemas"]["Device"];
            /** @description IP address at `lastUsedAt`. Null if unknown */
            address: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Can be up to 15 minutes earlier than the actual last use
             */
            lastUsedAt: string;
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The first characters of its secrets. They are not confidential */
            prefix: string;
            scopes: components["schemas"]["ApiKeyScope"][];
            /** @description The profile that it acts for. Null if the profile was deleted */
            profileId: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the last of its secrets expires
             */
            expiresAt: string;
            /** @description Can be up to a minute earlier than the actual last use */
            lastUsedAt: string | null;
        };
        ApiKeyList: {
            apiKeys: components["schemas"]["ApiKey"][];
        };
        /**
         * @example {
         *       "overlapHours": 1,
         *       "password": "correct horse battery"
         *     }
         */
        ApiKeyRotation: {
            /** @description How long the previous secrets stay valid, in hours. Absent: 24. 0 ends them immediately */
            overlapHours?: number;
            /** @description How long the secret is valid, in days. Absent: 90 */
            validDays?: number;
            password: string;
        };
        /** @enum {string} */
        ApiKeyScope: "catalog:read" | "catalog:write" | "playback" | "watching:read" | "watching:write" | "profiles:read" | "dead-letters" | "usage:read";
        ApiKeySecret: {
            apiKey: components["schemas"]["ApiKey"];
            /** @description Returned only once. Send it as a bearer token */
            secret: string;
        };
        Artwork: {
            /** @enum {string} */
            kind: "poster" | "backdrop" | "still";
            /** @description HTTPS URL, or a path of the platform */
            url: string;
            widthPx: number;
            heightPx: number;
            /** @description Describes the image for people who cannot see it */
            alternativeText: string;
        };
        /**
         * @example {
         *       "id": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "state": "processing",
         *       "isFinal": false,
         *       "sizeBytes": 734003200,
         *       "fileName": "metropolis.mp4",
         *       "durationMs": 9180000,
         *       "failureCode": null,
         *       "renditions": [],
         *       "jobsAhead": 2,
         *       "createdAt": "2026-06-05T20:15:00.000Z"
         *     }
         */
        Asset: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            titleId: string;
            state: components["schemas"]["AssetState"];
            /** @description No further change will happen. The stream of events ends. */
            isFinal: boolean;
            sizeBytes: number;
            fileName: string;
            /** @description Null until the file is probed */
            durationMs: number | null;
            /** @description An error code if the state is `failed` */
            failureCode: string | null;
            /** @description Lowest rung first, audio last */
            renditions: components["schemas"]["Rendition"][];
            /** @description Number of queued jobs of other assets before the next job of this asset */
            jobsAhead: number;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * @description `playable`: the lowest rung is ready. `ready`: all rungs are ready.
         * @enum {string}
         */
        AssetState: "uploaded" | "processing" | "playable" | "ready" | "failed";
        /** @description Includes the start and excludes the end */
        AvailabilityWindow: {
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt?: string;
        };
        /**
         * @description Name of an image that clients provide
         * @enum {string}
         */
        Avatar: "star" | "moon" | "rocket" | "robot" | "ghost" | "bear" | "cat" | "dog" | "fox" | "owl";
        Change: {
            /** @description Revision of the title, season or person after the change */
            revision: number;
            /** @enum {string} */
            action: "created" | "replaced" | "deleted" | "restored";
            /** @description The account of the editor. Null if it was deleted */
            accountId: string | null;
            /** Format: date-time */
            changedAt: string;
            fields: components["schemas"]["FieldChange"][];
        };
        ChangePage: {
            changes: components["schemas"]["Change"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        ContinueWatchingEntry: {
            title: components["schemas"]["Title"];
            /** @description If the title is a series: the episode that was watched last, or the one after it */
            episode: components["schemas"]["Episode"] | null;
            /** @description Null if the next episode has not been started */
            assetId: string | null;
            /** @description 0 if the next episode has not been started */
            positionMs: number;
            durationMs: number;
            /**
             * Format: date-time
             * @description When the profile watched the title last
             */
            watchedAt: string;
        };
        ContinueWatchingList: {
            entries: components["schemas"]["ContinueWatchingEntry"][];
        };
        /**
         * @description ISO 3166-1 alpha-2
         * @enum {string}
         */
        CountryCode: "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "XK" | "YE" | "YT" | "ZA" | "ZM" | "ZW";
        CreatedAccount: {
            account: components["schemas"]["Account"];
            profiles: components["schemas"]["Profile"][];
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "correct horse battery"
         *     }
         */
        Credentials: {
            email: string & (unknown & unknown);
            password: string;
        };
        Credit: {
            /** Format: uuid */
            personId: string;
            name: string;
            /** @enum {string} */
            role: "director" | "actor" | "writer" | "producer" | "composer";
            character: string | null;
        };
        /**
         * @example {
         *       "id": "7e6d5c4b-3a29-4180-b7f6-e5d4c3b2a190",
         *       "service": "catalog",
         *       "consumer": "catalog.make-title-playable",
         *       "eventId": "2b1a0f9e-8d7c-4b6a-9584-7362514f3e2d",
         *       "type": "viernes.video.published.v1",
         *       "key": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *       "state": "parked",
         *       "errorCode": "TITLE_NOT_FOUND",
         *       "errorMessage": "TITLE_NOT_FOUND",
         *       "stackHash": "5f2c9a1e",
         *       "attempts": 8,
         *       "originTopic": "viernes.video.assets",
         *       "originPartition": 3,
         *       "originOffset": 1042,
         *       "firstFailedAt": "2026-06-05T20:15:00.000Z",
         *       "parkedAt": "2026-06-05T20:45:00.000Z",
         *       "resolvedAt": null
         *     }
         */
        DeadLetter: {
            /** Format: uuid */
            id: string;
            service: components["schemas"]["DeadLetterService"];
            /** @description Name of the handler that failed */
            consumer: string;
            eventId: string;
            type: string;
            key: string;
            state: components["schemas"]["DeadLetterState"];
            /** @description An error code, or the class of an unexpected error */
            errorCode: string;
            errorMessage: string;
            /** @description Equal for errors with the same stack */
            stackHash: string;
            attempts: number;
            originTopic: string;
            originPartition: number;
            originOffset: number;
            /** Format: date-time */
            firstFailedAt: string;
            /**
             * Format: date-time
             * @description Time of the last failure
             */
            parkedAt: string;
            /** @description Time at which it was redriven or dropped */
            resolvedAt: string | null;
        };
        /**
         * @example {
         *       "id": "7e6d5c4b-3a29-4180-b7f6-e5d4c3b2a190",
         *       "service": "catalog",
         *       "consumer": "catalog.make-title-playable",
         *       "eventId": "2b1a0f9e-8d7c-4b6a-9584-7362514f3e2d",
         *       "type": "viernes.video.published.v1",
         *       "key": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *       "state": "parked",
         *       "errorCode": "TITLE_NOT_FOUND",
         *       "errorMessage": "TITLE_NOT_FOUND",
         *       "stackHash": "5f2c9a1e",
         *       "attempts": 8,
         *       "originTopic": "viernes.video.assets",
         *       "originPartition": 3,
         *       "originOffset": 1042,
         *       "firstFailedAt": "2026-06-05T20:15:00.000Z",
         *       "parkedAt": "2026-06-05T20:45:00.000Z",
         *       "resolvedAt": null,
         *       "source": "/viernes/video",
         *       "occurredAt": "2026-06-05T20:14:59.000Z",
         *       "eventTraceId": "4bf92f3577b34da6a3ce929d0e0e4736",
         *       "payloadSizeBytes": 128,
         *       "payload": {
         *         "assetId": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001"
         *       }
         *     }
         */
        DeadLetterDetail: {
            /** Format: uuid */
            id: string;
            service: components["schemas"]["DeadLetterService"];
            /** @description Name of the handler that failed */
            consumer: string;
            eventId: string;
            type: string;
            key: string;
            state: components["schemas"]["DeadLetterState"];
            /** @description An error code, or the class of an unexpected error */
            errorCode: string;
            errorMessage: string;
            /** @description Equal for errors with the same stack */
            stackHash: string;
            attempts: number;
            originTopic: string;
            originPartition: number;
            originOffset: number;
            /** Format: date-time */
            firstFailedAt: string;
            /**
             * Format: date-time
             * @description Time of the last failure
             */
            parkedAt: string;
            /** @description Time at which it was redriven or dropped */
            resolvedAt: string | null;
            source: string;
            /** Format: date-time */
            occurredAt: string;
            /** @description Trace ID of the request that caused the event */
            eventTraceId: string | null;
            payloadSizeBytes: number;
            /** @description The decoded payload without secrets. Null if its type is unknown or decoding fails. */
            payload: {
                [key: string]: unknown;
            } | null;
        };
        DeadLetterPage: {
            deadLetters: components["schemas"]["DeadLetter"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        /**
         * @description Service of the consumer
         * @enum {string}
         */
        DeadLetterService: "catalog" | "user" | "video";
        /** @enum {string} */
        DeadLetterState: "parked" | "redriven" | "dropped";
        /**
         * @example {
         *       "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
         *       "spans": [
         *         {
         *           "spanId": "00f067aa0ba902b7",
         *           "parentSpanId": null,
         *           "service": "edge",
         *           "name": "GET /v1/titles/:id",
         *           "kind": "server",
         *           "startedAt": "2026-06-05T20:15:00.000Z",
         *           "offsetMs": 0,
         *           "durationMs": 4.2,
         *           "error": null,
         *           "attributes": {
         *             "http.request.method": "GET",
         *             "http.response.status_code": 200
         *           }
         *         }
         *       ]
         *     }
         */
        DebugTrace: {
            traceId: string;
            spans: components["schemas"]["Span"][];
        };
        /**
         * @example {
         *       "kind": "film",
         *       "id": "9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10",
         *       "name": "Metropolis",
         *       "releaseYear": 1927,
         *       "deletedAt": "2026-03-01T12:00:00.000Z"
         *     }
         */
        Deletion: {
            /** @enum {string} */
            kind: "film" | "series" | "person";
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Null for a person */
            releaseYear: number | null;
            /** Format: date-time */
            deletedAt: string;
        };
        DeletionPage: {
            deletions: components["schemas"]["Deletion"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "browser": "Firefox",
         *       "system": "Linux",
         *       "type": "desktop"
         *     }
         */
        Device: {
            /** @description Null if unknown */
            browser: string | null;
            /** @description Operating system. Null if unknown */
            system: string | null;
            /** @description Null if unknown */
            type: ("desktop" | "mobile" | "tablet" | "tv") | null;
        };
        /**
         * @example {
         *       "password": "correct horse battery",
         *       "email": "lovelace@example.com"
         *     }
         */
        EmailChange: {
            password: string;
            email: string & (unknown & unknown);
        };
        /**
         * @example {
         *       "token": "bSmP7pq2yA0oVwTnGd3Xk9LhR5sCe1UjZfQi8NtYuM4"
         *     }
         */
        EmailVerification: {
            /** @description The fragment of the link in the mail */
            token: string;
        };
        /** @description To upload or play an episode, use its ID in place of the ID of a title */
        Episode: {
            /** Format: uuid */
            id: string;
            seasonNumber: number;
            number: number;
            name: string;
            synopsis: string;
            runtimeMinutes: number | null;
            releasedOn: string | null;
            isPlayable: boolean;
            durationMs: number | null;
        };
        /**
         * @example {
         *       "name": "Departure",
         *       "runtimeMinutes": 42
         *     }
         */
        EpisodeInput: {
            name: string;
            synopsis?: string;
            runtimeMinutes?: number;
            /** Format: date */
            releasedOn?: string;
        };
        /**
         * @description Fields of an `EpisodeInput`. `null` removes an optional field.
         * @example {
         *       "name": "Arrival",
         *       "runtimeMinutes": null
         *     }
         */
        EpisodePatch: {
            name?: string;
            synopsis?: string | null;
            runtimeMinutes?: number | null;
            releasedOn?: string | null;
        };
        /** @enum {string} */
        ErrorCode: "REQUEST_INVALID" | "POSITION_INVALID" | "CURSOR_INVALID" | "REQUEST_TIMEOUT" | "URL_TOO_LONG" | "HEADERS_TOO_LARGE" | "BODY_TOO_LARGE" | "NOT_ACCEPTABLE" | "MEDIA_TYPE_UNSUPPORTED" | "PRECONDITION_REQUIRED" | "IDEMPOTENCY_KEY_INVALID" | "IDEMPOTENCY_KEY_REUSED" | "IDEMPOTENCY_KEY_IN_USE" | "ROUTE_NOT_FOUND" | "METHOD_NOT_ALLOWED" | "UPGRADE_REQUIRED" | "UNAUTHENTICATED" | "CREDENTIALS_WRONG" | "SESSION_ENDED" | "SCOPE_MISSING" | "CSRF_REJECTED" | "FORBIDDEN" | "EMAIL_TAKEN" | "ACCOUNT_NOT_FOUND" | "LAST_ADMIN" | "OWN_ROLE" | "PASSWORD_WRONG" | "PASSKEY_REJECTED" | "PASSKEY_NOT_FOUND" | "PASSKEY_LIMIT_REACHED" | "EMAIL_UNVERIFIED" | "SIGN_IN_PROVIDER_NOT_FOUND" | "SIGN_IN_PROVIDER_UNAVAILABLE" | "IDENTITY_REJECTED" | "IDENTITY_EMAIL_UNVERIFIED" | "IDENTITY_NOT_LINKED" | "IDENTITY_CONFLICT" | "IDENTITY_NOT_FOUND" | "API_KEY_NOT_FOUND" | "API_KEY_LIMIT_REACHED" | "LINK_EXPIRED" | "MAIL_LIMIT_REACHED" | "PROFILE_NOT_FOUND" | "PROFILE_NAME_TAKEN" | "PROFILE_LIMIT_REACHED" | "PROFILE_REQUIRED" | "PROFILE_LIMITED" | "PROFILE_NOT_SELECTED" | "PIN_REQUIRED" | "PIN_WRONG" | "PIN_LOCKED" | "MY_LIST_FULL" | "TITLE_NOT_FOUND" | "TITLE_EXISTS" | "TITLE_NOT_PLAYABLE" | "TITLE_CHANGED" | "TITLE_NOT_A_SERIES" | "TITLE_KIND_IN_USE" | "TITLE_HAS_EPISODES" | "SEASON_EXISTS" | "SEASON_CHANGED" | "SEASON_NOT_FOUND" | "EPISODE_NOT_FOUND" | "PERSON_EXISTS" | "PERSON_CHANGED" | "PERSON_NOT_FOUND" | "UPLOAD_NOT_FOUND" | "UPLOAD_TOO_LARGE" | "UPLOAD_CLOSED" | "UPLOAD_INCOMPLETE" | "UPLOAD_SIZE_MISMATCH" | "UPLOAD_CHECKSUM_MISMATCH" | "UPLOAD_LIMIT_REACHED" | "ASSET_NOT_FOUND" | "SOURCE_UNREADABLE" | "SOURCE_LIMIT_EXCEEDED" | "TRANSCODE_FAILED" | "LEASE_LOST" | "PLAYBACK_NOT_FOUND" | "RENDITION_NOT_FOUND" | "STREAM_LIMIT_REACHED" | "PARTY_NOT_FOUND" | "PARTY_FULL" | "PARTY_LIMIT_REACHED" | "DEAD_LETTER_NOT_FOUND" | "DEAD_LETTER_RESOLVED" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_LIMIT_REACHED" | "WEBHOOK_DISABLED" | "WEBHOOK_DELIVERY_NOT_FOUND" | "WEBHOOKS_UNAVAILABLE" | "QUOTA_EXCEEDED" | "TRACE_NOT_FOUND" | "RATE_LIMITED" | "OVERLOADED" | "DEPENDENCY_UNAVAILABLE" | "DEADLINE_EXCEEDED" | "INTERNAL";
        /**
         * @example {
         *       "field": "name",
         *       "before": "Metropolys",
         *       "after": "Metropolis"
         *     }
         */
        FieldChange: {
            /** @description For example `name`, or `episodes.3` for episode 3 of a season */
            field: string;
            /** @description Null if the field had no value */
            before: unknown;
            /** @description Null if the field has no value */
            after: unknown;
        };
        /**
         * @example {
         *       "path": "profileName",
         *       "message": "must have at least 1 character"
         *     }
         */
        FieldError: {
            path: string;
            message: string;
        };
        HistoryEntry: {
            title: components["schemas"]["Title"];
            /** @description The episode, if the title is a series */
            episode: components["schemas"]["Episode"] | null;
            positionMs: number;
            durationMs: number;
            isFinished: boolean;
            /**
             * Format: date-time
             * @description When it was last watched
             */
            watchedAt: string;
        };
        HistoryPage: {
            entries: components["schemas"]["HistoryEntry"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "rows": [
         *         {
         *           "id": "popular",
         *           "name": "Popular",
         *           "titles": [
         *             {
         *               "id": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *               "kind": "film",
         *               "name": "Metropolis",
         *               "slug": "metropolis-1927",
         *               "synopsis": "The son of a city planner falls in love with a working-class prophet.",
         *               "releaseYear": 1927,
         *               "genres": [
         *                 "Science fiction",
         *                 "Drama"
         *               ],
         *               "directors": [
         *                 "Fritz Lang"
         *               ],
         *               "maturityRating": "NR",
         *               "minimumAge": null,
         *               "runtimeMinutes": 153,
         *               "seasonCount": null,
         *               "score": 8.2,
         *               "artwork": [],
         *               "isPlayable": true,
         *               "assetId": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *               "durationMs": 9180000,
         *               "createdAt": "2026-06-05T20:15:00.000Z"
         *             }
         *           ]
         *         }
         *       ],
         *       "unavailableSources": [
         *         "user"
         *       ]
         *     }
         */
        Home: {
            rows: components["schemas"]["HomeRow"][];
            /** @description Services that failed or did not respond in time */
            unavailableSources: components["schemas"]["HomeSource"][];
        };
        HomeRow: {
            /** @description Stable, for example `continue-watching` or `my-list` */
            id: string;
            /** @description Heading to display */
            name: string;
            titles: components["schemas"]["HomeTitle"][];
        };
        /** @enum {string} */
        HomeSource: "catalog" | "user";
        /**
         * @example {
         *       "id": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "kind": "film",
         *       "name": "Metropolis",
         *       "slug": "metropolis-1927",
         *       "synopsis": "The son of a city planner falls in love with a working-class prophet.",
         *       "releaseYear": 1927,
         *       "genres": [
         *         "Science fiction",
         *         "Drama"
         *       ],
         *       "directors": [
         *         "Fritz Lang"
         *       ],
         *       "maturityRating": "NR",
         *       "minimumAge": null,
         *       "runtimeMinutes": 153,
         *       "seasonCount": null,
         *       "score": 8.2,
         *       "artwork": [],
         *       "isPlayable": true,
         *       "assetId": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *       "durationMs": 9180000,
         *       "createdAt": "2026-06-05T20:15:00.000Z",
         *       "progress": {
         *         "positionMs": 1320000,
         *         "durationMs": 9180000
         *       }
         *     }
         */
        HomeTitle: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["TitleKind"];
            name: string;
            /** @description Unique. Identifies the title in URLs */
            slug: string;
            synopsis: string;
            releaseYear: number | null;
            genres: string[];
            directors: string[];
            maturityRating: components["schemas"]["MaturityRating"] | null;
            /** @description Minimum age of the maturity rating. Null for an unrated title. */
            minimumAge: number | null;
            runtimeMinutes: number | null;
            /** @description Number of seasons of a series */
            seasonCount: number | null;
            /** @description Mean score from external ratings, 0 to 10 */
            score: number | null;
            artwork: components["schemas"]["Artwork"][];
            isPlayable: boolean;
            /** @description Null if the title is not playable */
            assetId: string | null;
            durationMs: number | null;
            /** Format: date-time */
            createdAt: string;
            /** @description Present only if the request includes them */
            credits?: components["schemas"]["Credit"][];
            /** @description Only in the row `continue-watching` */
            progress?: components["schemas"]["WatchProgress"];
            /** @description Only in the row `continue-watching`: the episode of the series to continue with */
            episode?: components["schemas"]["Episode"];
        };
        /**
         * @example {
         *       "id": "5c0e7d5a-93a4-4d0c-9a53-0f2d1b7c6e18",
         *       "providerName": "Example",
         *       "email": "ada@example.com",
         *       "createdAt": "2026-06-01T19:00:00.000Z",
         *       "lastUsedAt": "2026-06-05T20:15:00.000Z"
         *     }
         */
        Identity: {
            /** Format: uuid */
            id: string;
            providerName: string;
            /** @description The email at the provider when the identity was linked or last used. Null if it is not verified */
            email: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description The latest sign-in. Null if there is none */
            lastUsedAt: string | null;
        };
        /**
         * @example {
         *       "providerId": "example",
         *       "password": "correct horse battery"
         *     }
         */
        IdentityLinkStart: {
            providerId: string;
            password: string;
        };
        IdentityList: {
            identities: components["schemas"]["Identity"][];
            /** @description False if the account was created without a password, until the owner sets one with a link in a mail */
            hasPassword: boolean;
        };
        ImportResult: {
            externalId: string | null;
            /** @enum {string} */
            outcome: "created" | "replaced" | "unchanged" | "rejected";
            /** @description Null if the title was rejected, and for a new title in a dry run */
            titleId: string | null;
            /** @description Why the title was rejected */
            problems: {
                path: string;
                message: string;
            }[];
        };
        ImportResults: {
            results: components["schemas"]["ImportResult"][];
        };
        LiveMessage: {
            /** @constant */
            type: "subscribed";
            /** @description Returned in the response to this message */
            id?: string;
            topics: components["schemas"]["LiveTopic"][];
            /** @description The events after this one follow */
            lastEventId: string;
        } | {
            /** @constant */
            type: "gap";
            lastEventId: string;
        } | ({
            /** @constant */
            type: "event";
            id: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            topic: "titles";
            /** @constant */
            name: "titleChanged";
            data: {
                /** Format: uuid */
                titleId: string;
            };
        } | {
            /** @constant */
            type: "event";
            id: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            topic: "titles";
            /** @constant */
            name: "personChanged";
            data: {
                /** Format: uuid */
                personId: string;
            };
        } | {
            /** @constant */
            type: "event";
            id: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            topic: "titles";
            /** @constant */
            name: "homeChanged";
            data: Record<string, never>;
        } | {
            /** @constant */
            type: "event";
            id: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            topic: "uploads";
            /** @constant */
            name: "uploadChanged";
            data: {
                /** Format: uuid */
                uploadId: string;
                /** Format: uuid */
                titleId: string;
                /** @enum {string} */
                state: "open" | "completed" | "aborted" | "expired" | "rejected";
                /** Format: uuid */
                assetId?: string;
                rejectionCode?: string;
            };
        } | {
            /** @constant */
            type: "event";
            id: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            topic: "transcodes";
            /** @constant */
            name: "assetChanged";
            data: {
                /** Format: uuid */
                assetId: string;
                /** Format: uuid */
                titleId: string;
                /** @enum {string} */
                state: "uploaded" | "processing" | "playable" | "ready" | "failed";
                progress: number;
                failureCode?: string;
            };
        } | {
            /** @constant */
            type: "event";
            id: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            topic: "session";
            /** @constant */
            name: "accountChanged";
            data: {
                kind: string;
                /** Format: uuid */
                sessionId?: string;
                /** Format: uuid */
                profileId?: string;
            };
        });
        /** @enum {string} */
        LiveTopic: "titles" | "uploads" | "transcodes" | "session";
        /** @enum {string} */
        MaturityRating: "G" | "PG" | "PG-13" | "R" | "NC-17" | "TV-Y" | "TV-Y7" | "TV-Y7-FV" | "TV-G" | "TV-PG" | "TV-14" | "TV-MA" | "NR" | "UR";
        /** @enum {number} */
        MinimumAge: 0 | 7 | 8 | 13 | 14 | 17 | 18;
        /**
         * @example {
         *       "isListed": true
         *     }
         */
        MyListEntry: {
            isListed: boolean;
        };
        MyListPage: {
            titles: components["schemas"]["Title"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "correct horse battery",
         *       "profileName": "Ada",
         *       "language": "en"
         *     }
         */
        NewAccount: {
            email: string & (unknown & unknown);
            password: string;
            profileName: string;
            /**
             * @description Language of mails. Default: the one that `Accept-Language` prefers
             * @enum {string}
             */
            language?: "en" | "es";
        };
        /**
         * @example {
         *       "name": "Nightly import",
         *       "scopes": [
         *         "catalog:read",
         *         "catalog:write"
         *       ],
         *       "password": "correct horse battery"
         *     }
         */
        NewApiKey: {
            name: string;
            scopes: components["schemas"]["ApiKeyScope"][];
            /** @description How long the secret is valid, in days. Absent: 90 */
            validDays?: number;
            password: string;
        };
        NewAvailabilityWindow: {
            /** Format: date-time */
            startsAt: string;
            /**
             * Format: date-time
             * @description After the start
             */
            endsAt?: string;
        };
        /**
         * @example {
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "profileId": "f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f"
         *     }
         */
        NewParty: {
            /**
             * Format: uuid
             * @description A film, or a series, which plays its next episode
             */
            titleId: string;
            /**
             * Format: uuid
             * @description An episode of the series
             */
            episodeId?: string;
            /**
             * Format: uuid
             * @description The profile that the session has selected
             */
            profileId: string;
        };
        /**
         * @example {
         *       "name": "Laptop",
         *       "credential": {
         *         "id": "xkq0mXcJ3u2rZ0i1sVb4UA",
         *         "response": {
         *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
         *           "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVik",
         *           "transports": [
         *             "internal"
         *           ]
         *         }
         *       }
         *     }
         */
        NewPasskey: {
            name: string;
            credential: {
                id: string;
                response: {
                    clientDataJSON: string;
                    attestationObject: string;
                    transports?: string[];
                };
            };
        };
        /**
         * @example {
         *       "pin": "0123"
         *     }
         */
        NewPin: {
            /** @description 4 digits */
            pin: string;
        };
        /**
         * @example {
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "profileId": "f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f"
         *     }
         */
        NewPlayback: {
            /**
             * Format: uuid
             * @description A film, an episode, or a series, which plays its next episode
             */
            titleId: string;
            /**
             * Format: uuid
             * @description The profile that the session has selected
             */
            profileId: string;
        };
        /**
         * @example {
         *       "name": "Bo",
         *       "avatar": "fox",
         *       "isKids": true,
         *       "maximumAge": 7
         *     }
         */
        NewProfile: {
            /** @description Unique within the account, regardless of case */
            name: string;
            avatar?: components["schemas"]["Avatar"];
            /**
             * @description Default: the one that `Accept-Language` prefers
             * @enum {string}
             */
            language?: "en" | "es";
            /** @description Limits the maximum age to 8 */
            isKids?: boolean;
            /** @description Titles for an older audience and unrated titles do not exist for the profile. Null: no limit */
            maximumAge?: components["schemas"]["MinimumAge"] | null;
            /** @description 4 digits */
            pin?: string;
        };
        /**
         * @example {
         *       "pin": "0123"
         *     }
         */
        NewProfileSelection: {
            /** @description Required if the profile has one */
            pin?: string;
        };
        /**
         * @example {
         *       "thumb": "up"
         *     }
         */
        NewRating: {
            thumb: components["schemas"]["Thumb"];
        };
        /**
         * @example {
         *       "number": 1,
         *       "releaseYear": 2026,
         *       "episodes": [
         *         {
         *           "number": 1,
         *           "name": "Departure",
         *           "runtimeMinutes": 42
         *         }
         *       ]
         *     }
         */
        NewSeason: {
            /** @description 0 is a season of specials */
            number: number;
            name?: string;
            synopsis?: string;
            releaseYear?: number;
            /** @description Each number must be unique */
            episodes: {
                number: number;
                name: string;
                synopsis?: string;
                runtimeMinutes?: number;
                /** Format: date */
                releasedOn?: string;
            }[];
        };
        NewTitle: {
            kind: components["schemas"]["TitleKind"];
            name: string;
            synopsis?: string;
            releaseYear?: number;
            genres?: string[];
            credits?: {
                /** Format: uuid */
                personId?: string;
                /** @description Ignored with `personId`. Otherwise selects the person whom the title already credits with this name, then the person whose slug is derived from it, or creates one. */
                name: string;
                /** @enum {string} */
                role: "director" | "actor" | "writer" | "producer" | "composer";
                character?: string;
            }[];
            maturityRating?: components["schemas"]["MaturityRating"];
            runtimeMinutes?: number;
            seasonCount?: number;
            score?: number;
            /** @description Identifier in the system that the title was imported from. Unique. */
            externalId?: string;
            /** @description A new title without a slug gets one derived from its name and year. A change without a slug keeps it. If another title has the slug, the start of the ID is appended. */
            slug?: string;
            countries?: components["schemas"]["CountryCode"][];
            /** @description BCP 47 tags */
            languages?: string[];
            /** Format: date */
            addedOn?: string;
            artwork?: components["schemas"]["Artwork"][];
            availability?: components["schemas"]["NewAvailabilityWindow"][];
        };
        /**
         * @example {
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "fileName": "metropolis.mp4",
         *       "sizeBytes": 20000000,
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
         *     }
         */
        NewUpload: {
            /** Format: uuid */
            titleId: string;
            fileName: string;
            sizeBytes: number;
            /** @description SHA-256 of the complete file */
            sha256: string;
        };
        /**
         * @example {
         *       "url": "https://hooks.example.com/viernes",
         *       "eventTypes": [
         *         "title.published"
         *       ]
         *     }
         */
        NewWebhook: {
            /** @description HTTPS URL without credentials or a fragment. Its host must not be, or resolve to, a private IP address */
            url: string;
            eventTypes: components["schemas"]["WebhookEventType"][];
        };
        OpenApiDocument: {
            openapi: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "partNumbers": [
         *         1,
         *         2
         *       ]
         *     }
         */
        PartNumbers: {
            partNumbers: number[];
        };
        /**
         * @example {
         *       "code": "hRk3nV0vT4mJ1w9oYc2QzA",
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "videoId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "durationMs": 9180000,
         *       "participantCount": 2
         *     }
         */
        Party: {
            /** @description Secret. Signed-in users with the code can join */
            code: string;
            /**
             * Format: uuid
             * @description The film or the series
             */
            titleId: string;
            /**
             * Format: uuid
             * @description The film or the episode that is played
             */
            videoId: string;
            durationMs: number;
            /** @description Participants with a connection */
            participantCount: number;
        };
        PartyClientMessage: {
            /** @constant */
            type: "ping";
            sentAtMs: number;
        } | {
            /** @constant */
            type: "control";
            isPlaying: boolean;
            positionMs: number;
        } | {
            /** @constant */
            type: "text";
            /**
             * Format: uuid
             * @description Generated by the client. A message that is sent again with the same ID is stored once
             */
            id: string;
            text: string;
        } | {
            /** @constant */
            type: "reaction";
            reaction: components["schemas"]["PartyReactionKind"];
        } | {
            /** @constant */
            type: "handOver";
            /** Format: uuid */
            participantId: string;
        } | {
            /** @constant */
            type: "leave";
        };
        PartyParticipant: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @enum {string} */
        PartyReactionKind: "laugh" | "love" | "wow" | "sad" | "applause";
        PartyServerMessage: {
            /** @constant */
            type: "joined";
        } | components["schemas"]["PartyState"] | {
            /** @constant */
            type: "texts";
            texts: components["schemas"]["PartyText"][];
        } | {
            /** @constant */
            type: "pong";
            sentAtMs: number;
            serverTimeMs: number;
        } | {
            /** @constant */
            type: "reacted";
            /** Format: uuid */
            participantId: string;
            reaction: components["schemas"]["PartyReactionKind"];
        } | {
            /** @constant */
            type: "rejected";
            /** @description An error code */
            code: string;
            /** Format: uuid */
            id?: string;
        };
        PartyState: {
            /** @constant */
            type: "state";
            /** @description Increases with each change of the playback or the host */
            revision: number;
            playback: {
                isPlaying: boolean;
                positionMs: number;
                /** @description Time of the party at which the position was valid, in epoch milliseconds */
                atMs: number;
            };
            /** Format: uuid */
            hostId: string;
            /**
             * Format: uuid
             * @description The participant that receives the message
             */
            selfId: string;
            /** @description The participant who has been present longest comes first */
            participants: components["schemas"]["PartyParticipant"][];
        };
        PartyText: {
            /** @description Counts the texts of a party, starting with 1 */
            number: number;
            /**
             * Format: uuid
             * @description Generated by the client that sent the message
             */
            id: string;
            /** Format: uuid */
            participantId: string;
            name: string;
            text: string;
            /** Format: date-time */
            sentAt: string;
        };
        /**
         * @example {
         *       "id": "5c0e7d5a-93a4-4d0c-9a53-0f2d1b7c6e18",
         *       "name": "Laptop",
         *       "createdAt": "2026-06-01T19:00:00.000Z",
         *       "lastUsedAt": "2026-06-05T20:15:00.000Z",
         *       "isBackedUp": true
         *     }
         */
        Passkey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            /** @description The latest sign-in. Null if there is none */
            lastUsedAt: string | null;
            /** @description Whether it is synchronized between devices */
            isBackedUp: boolean;
        };
        /**
         * @example {
         *       "challenge": "45VqluVOGqmReprL2FjEywXrUZej6KPwrFghrL4be-s",
         *       "rp": {
         *         "id": "viernes.example",
         *         "name": "Viernes"
         *       },
         *       "user": {
         *         "id": "my8KU2ocTz6KVQ08HA9-IQ",
         *         "name": "ada@example.com",
         *         "displayName": "ada@example.com"
         *       },
         *       "pubKeyCredParams": [
         *         {
         *           "type": "public-key",
         *           "alg": -7
         *         }
         *       ],
         *       "timeout": 300000,
         *       "excludeCredentials": [
         *         {
         *           "id": "xkq0mXcJ3u2rZ0i1sVb4UA",
         *           "type": "public-key",
         *           "transports": [
         *             "internal"
         *           ]
         *         }
         *       ],
         *       "authenticatorSelection": {
         *         "residentKey": "required",
         *         "requireResidentKey": true,
         *         "userVerification": "required"
         *       },
         *       "attestation": "none"
         *     }
         */
        PasskeyCreationOptions: {
            /** @description Valid once, for 5 minutes */
            challenge: string;
            rp: {
                id: string;
                name: string;
            };
            user: {
                id: string;
                name: string;
                displayName: string;
            };
            pubKeyCredParams: {
                /** @constant */
                type: "public-key";
                alg: number;
            }[];
            /** @description Milliseconds in which the user must confirm */
            timeout: number;
            /** @description The passkeys of the account. An authenticator that has one of them does not create another one */
            excludeCredentials: {
                id: string;
                /** @constant */
                type: "public-key";
                transports: ("ble" | "hybrid" | "internal" | "nfc" | "usb")[];
            }[];
            authenticatorSelection: {
                /** @constant */
                residentKey: "required";
                requireResidentKey: boolean;
                /** @constant */
                userVerification: "required";
            };
            /** @constant */
            attestation: "none";
        };
        PasskeyList: {
            passkeys: components["schemas"]["Passkey"][];
        };
        /**
         * @example {
         *       "name": "Phone"
         *     }
         */
        PasskeyPatch: {
            name: string;
        };
        /**
         * @example {
         *       "password": "correct horse battery"
         *     }
         */
        PasskeyRegistrationRequest: {
            password: string;
        };
        /**
         * @example {
         *       "challenge": "45VqluVOGqmReprL2FjEywXrUZej6KPwrFghrL4be-s",
         *       "rpId": "viernes.example",
         *       "timeout": 300000,
         *       "userVerification": "required"
         *     }
         */
        PasskeyRequestOptions: {
            /** @description Valid once, for 5 minutes */
            challenge: string;
            rpId: string;
            /** @description Milliseconds in which the user must confirm */
            timeout: number;
            /** @constant */
            userVerification: "required";
        };
        /**
         * @example {
         *       "credential": {
         *         "id": "xkq0mXcJ3u2rZ0i1sVb4UA",
         *         "response": {
         *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
         *           "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
         *           "signature": "MEUCIQDxkq0mXcJ3u2rZ0i1sVb4UA7pq2yA0oVwTnGd3Xk9LhQIg",
         *           "userHandle": "my8KU2ocTz6KVQ08HA9-IQ"
         *         }
         *       }
         *     }
         */
        PasskeySignIn: {
            credential: {
                id: string;
                response: {
                    clientDataJSON: string;
                    authenticatorData: string;
                    signature: string;
                    userHandle: string;
                };
            };
        };
        /**
         * @example {
         *       "password": "correct horse battery",
         *       "newPassword": "battery staple horse"
         *     }
         */
        PasswordChange: {
            password: string;
            newPassword: string;
        };
        /**
         * @example {
         *       "token": "bSmP7pq2yA0oVwTnGd3Xk9LhR5sCe1UjZfQi8NtYuM4",
         *       "newPassword": "battery staple horse"
         *     }
         */
        PasswordReset: {
            /** @description The fragment of the link in the mail */
            token: string;
            newPassword: string;
        };
        /**
         * @example {
         *       "email": "ada@example.com"
         *     }
         */
        PasswordResetRequest: {
            email: string & (unknown & unknown);
        };
        /**
         * @example {
         *       "id": "9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10",
         *       "name": "Fritz Lang",
         *       "slug": "fritz-lang",
         *       "roles": [
         *         "director",
         *         "writer"
         *       ],
         *       "titleCount": 12,
         *       "revision": 1
         *     }
         */
        Person: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Unique. Identifies the person in URLs */
            slug: string;
            /** @description By number of titles, most first */
            roles: ("director" | "actor" | "writer" | "producer" | "composer")[];
            titleCount: number;
            /** @description Increases with each change by an editor */
            revision: number;
        };
        /**
         * @example {
         *       "name": "Steve McQueen",
         *       "slug": "steve-mcqueen-1930"
         *     }
         */
        PersonInput: {
            name: string;
            /** @description Unique. Identifies the person in URLs. Default: the slug that an editor has chosen, otherwise the one that is derived from the name. A credit without `personId` refers to the person whose slug is derived from the credited name. */
            slug?: string;
        };
        /**
         * @example {
         *       "name": "Steve McQueen"
         *     }
         */
        PersonPatch: {
            name?: string;
            /** @description Unique. Identifies the person in URLs. Default: the slug that an editor has chosen, otherwise the one that is derived from the name. A credit without `personId` refers to the person whose slug is derived from the credited name. */
            slug?: string;
        };
        /**
         * @example {
         *       "password": "correct horse battery"
         *     }
         */
        PinRemoval: {
            password: string;
        };
        /**
         * @example {
         *       "plan": "partner"
         *     }
         */
        PlanChange: {
            plan: string;
        };
        PlanList: {
            plans: {
                name: string;
                /** @description Requests per second in the long run */
                rate: number;
                /** @description Requests that are admitted in a burst after a pause */
                burst: number;
                /** @description Requests per calendar month (UTC). Null: unlimited */
                callsPerMonth: number | null;
            }[];
        };
        /**
         * @example {
         *       "id": "0c9b8a7f-6e5d-4c3b-9a2f-1e0d9c8b7a65",
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "assetId": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *       "durationMs": 9180000,
         *       "playlistUrl": "/v1/playback/0c9b8a7f-6e5d-4c3b-9a2f-1e0d9c8b7a65/master.m3u8?token=c2VjcmV0",
         *       "resumePositionMs": 1320000,
         *       "heartbeatSeconds": 10,
         *       "expiresAt": "2026-06-05T20:16:00.000Z"
         *     }
         */
        Playback: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The film or the episode
             */
            titleId: string;
            /** Format: uuid */
            assetId: string;
            durationMs: number;
            /** @description Path of the master playlist, including the token */
            playlistUrl: string;
            resumePositionMs: number;
            /** @description Interval between heartbeats */
            heartbeatSeconds: number;
            /** Format: date-time */
            expiresAt: string;
        };
        PlaybackExpiry: {
            /** Format: date-time */
            expiresAt: string;
        };
        /**
         * @example {
         *       "positionMs": 1330000
         *     }
         */
        PlaybackHeartbeat: {
            positionMs: number;
        };
        PresignedPart: {
            partNumber: number;
            /** @description Presigned URL of object storage, or a path of this API if clients cannot reach object storage */
            url: string;
            sizeBytes: number;
        };
        PresignedParts: {
            parts: components["schemas"]["PresignedPart"][];
            /** Format: date-time */
            expiresAt: string;
        };
        Problem: {
            /** @description Path of the description of this problem type */
            type: string;
            title: string;
            status: number;
            code: components["schemas"]["ErrorCode"];
            /** @description Path of the request */
            instance: string;
            /** @description Identifies the request in the logs */
            traceId: string;
            /** @description Up to 20 invalid fields. The path is `body` if no field can be named */
            errors?: components["schemas"]["FieldError"][];
        };
        /**
         * @example {
         *       "type": "/problems/rate-limited",
         *       "code": "RATE_LIMITED",
         *       "title": "Too many requests",
         *       "status": 429,
         *       "retry": "later"
         *     }
         */
        ProblemType: {
            type: string;
            code: components["schemas"]["ErrorCode"];
            title: string;
            status: number;
            /**
             * @description `later` if the same request can succeed when repeated
             * @enum {string}
             */
            retry: "never" | "later";
        };
        /**
         * @example {
         *       "id": "f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f",
         *       "name": "Ada",
         *       "avatar": "owl",
         *       "language": "en",
         *       "isKids": false,
         *       "maximumAge": null,
         *       "hasPin": true
         *     }
         */
        Profile: {
            /** Format: uuid */
            id: string;
            name: string;
            avatar: components["schemas"]["Avatar"];
            /** @enum {string} */
            language: "en" | "es";
            isKids: boolean;
            /** @description Titles for an older audience and unrated titles do not exist for the profile. Null: no limit */
            maximumAge: components["schemas"]["MinimumAge"] | null;
            /** @description Selecting the profile requires its PIN */
            hasPin: boolean;
        };
        ProfileList: {
            profiles: components["schemas"]["Profile"][];
        };
        /**
         * @example {
         *       "name": "Bob",
         *       "isKids": false,
         *       "maximumAge": 13
         *     }
         */
        ProfilePatch: {
            /** @description Unique within the account, regardless of case */
            name?: string;
            avatar?: components["schemas"]["Avatar"];
            /** @enum {string} */
            language?: "en" | "es";
            /** @description Limits the maximum age to 8 */
            isKids?: boolean;
            /** @description Titles for an older audience and unrated titles do not exist for the profile. Null: no limit */
            maximumAge?: components["schemas"]["MinimumAge"] | null;
        };
        /**
         * @example {
         *       "profile": {
         *         "id": "f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f",
         *         "name": "Ada",
         *         "avatar": "owl",
         *         "language": "en",
         *         "isKids": false,
         *         "maximumAge": null,
         *         "hasPin": true
         *       },
         *       "accessToken": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiI5YjJmIn0.c2lnbmF0dXJl",
         *       "accessExpiresAt": "2026-06-05T20:30:00.000Z"
         *     }
         */
        ProfileSelection: {
            profile: components["schemas"]["Profile"];
            /** @description JWT for the Authorization header. Absent if the request selects a cookie with `Viernes-Session: cookie` */
            accessToken?: string;
            /** Format: date-time */
            accessExpiresAt: string;
        };
        /**
         * @example {
         *       "url": "https://id.example/authorize?client_id=viernes&response_type=code&state=Zm9v"
         *     }
         */
        ProviderAuthorization: {
            /** @description A page of the provider, which the browser opens. It redirects to `/sign-in/callback` of the web app */
            url: string;
        };
        /**
         * @example {
         *       "state": "bSmP7pq2yA0oVwTnGd3Xk9LhR5sCe1UjZfQi8NtYuM4",
         *       "code": "n0esc3NRze7LTCu7iYzS6a5acc3f0ogp4"
         *     }
         */
        ProviderResponse: {
            state: string;
            code: string;
            /** @description The issuer, if the provider sends it (RFC 9207) */
            iss?: string;
        };
        /**
         * @example {
         *       "providerId": "example"
         *     }
         */
        ProviderSignInStart: {
            providerId: string;
        };
        /**
         * @example {
         *       "thumb": "up"
         *     }
         */
        Rating: {
            /** @description Null: not rated */
            thumb: components["schemas"]["Thumb"] | null;
        };
        RelatedTitleList: {
            titles: components["schemas"]["Title"][];
        };
        /**
         * @example {
         *       "id": "c0ffee00-1d2e-4f3a-8b4c-5d6e7f8a9b0c",
         *       "kind": "video",
         *       "name": "480p",
         *       "width": 854,
         *       "height": 480,
         *       "bitrateBps": 1400000,
         *       "state": "running",
         *       "progress": 0.42,
         *       "attempt": 1
         *     }
         */
        Rendition: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["RenditionKind"];
            /** @description For example `480p` or `audio` */
            name: string;
            width: number | null;
            height: number | null;
            bitrateBps: number;
            state: components["schemas"]["RenditionState"];
            /** @description Fraction of the duration that is encoded */
            progress: number;
            /** @description 1 for the first attempt */
            attempt: number;
        };
        /** @enum {string} */
        RenditionKind: "video" | "audio";
        /** @enum {string} */
        RenditionState: "queued" | "running" | "succeeded" | "failed";
        /**
         * @example {
         *       "role": "editor"
         *     }
         */
        RoleChange: {
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
        };
        /**
         * @example {
         *       "number": 1,
         *       "name": "",
         *       "synopsis": "A night train between two cities that do not exist.",
         *       "releaseYear": 2026,
         *       "episodes": [
         *         {
         *           "id": "7a0e2c4d-5b6f-4a1e-9c3d-2e8f0b1a6c5d",
         *           "seasonNumber": 1,
         *           "number": 1,
         *           "name": "Departure",
         *           "synopsis": "The last passenger boards without a ticket.",
         *           "runtimeMinutes": 42,
         *           "releasedOn": "2026-06-05",
         *           "isPlayable": false,
         *           "durationMs": null
         *         }
         *       ],
         *       "revision": 1
         *     }
         */
        Season: {
            /** @description 0 is a season of specials */
            number: number;
            /** @description Empty if the season has only a number */
            name: string;
            synopsis: string;
            releaseYear: number | null;
            episodes: components["schemas"]["Episode"][];
            /** @description Increases with each change by an editor */
            revision: number;
        };
        /**
         * @example {
         *       "releaseYear": 2026,
         *       "episodes": [
         *         {
         *           "number": 1,
         *           "name": "Departure",
         *           "runtimeMinutes": 42
         *         }
         *       ]
         *     }
         */
        SeasonInput: {
            name?: string;
            synopsis?: string;
            releaseYear?: number;
            /** @description Each number must be unique */
            episodes: {
                number: number;
                name: string;
                synopsis?: string;
                runtimeMinutes?: number;
                /** Format: date */
                releasedOn?: string;
            }[];
        };
        SeasonList: {
            seasons: components["schemas"]["Season"][];
        };
        /**
         * @description Fields of a `SeasonInput`. `null` removes an optional field. A list replaces the complete list.
         * @example {
         *       "name": "The Night Train",
         *       "releaseYear": null
         *     }
         */
        SeasonPatch: {
            name?: string | null;
            synopsis?: string | null;
            releaseYear?: number | null;
            /** @description Each number must be unique */
            episodes?: {
                number: number;
                name: string;
                synopsis?: string;
                runtimeMinutes?: number;
                /** Format: date */
                releasedOn?: string;
            }[];
        };
        /**
         * @example {
         *       "id": "42",
         *       "kind": "signedIn",
         *       "occurredAt": "2026-06-05T20:15:00.000Z",
         *       "address": "192.0.2.7",
         *       "device": {
         *         "browser": "Firefox",
         *         "system": "Linux",
         *         "type": "desktop"
         *       }
         *     }
         */
        SecurityEvent: {
            id: string;
            /** @enum {string} */
            kind: "accountCreated" | "signedIn" | "passwordRejected" | "accountLocked" | "signedOut" | "sessionEnded" | "sessionsEnded" | "refreshTokenReused" | "passwordChanged" | "passwordReset" | "emailChangeRequested" | "emailVerified" | "roleChanged" | "passkeyAdded" | "passkeyRemoved" | "signedInWithPasskey" | "passkeyRejected" | "pinSet" | "pinRemoved" | "profileLimitChanged" | "apiKeyCreated" | "apiKeyRotated" | "apiKeyRevoked" | "planChanged" | "dataExported" | "profileCreated" | "profileDeleted" | "identityLinked" | "identityRemoved" | "signedInWithIdentity";
            /** Format: date-time */
            occurredAt: string;
            /** @description IP address of the client. Null if unknown */
            address: string | null;
            device: components["schemas"]["Device"];
        };
        SecurityEventPage: {
            events: components["schemas"]["SecurityEvent"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "sessionId": "1a7c5e90-3b2d-4c6f-8e1a-9d0b7f6c5a42",
         *       "accessToken": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiI5YjJmIn0.c2lnbmF0dXJl",
         *       "accessExpiresAt": "2026-06-05T20:30:00.000Z",
         *       "account": {
         *         "id": "9b2f0a53-6a1c-4f3e-8a55-0d3c1c0f7e21",
         *         "email": "ada@example.com",
         *         "emailVerifiedAt": "2026-06-05T20:15:00.000Z",
         *         "language": "en",
         *         "role": "viewer",
         *         "plan": "account"
         *       },
         *       "profiles": [
         *         {
         *           "id": "f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f",
         *           "name": "Ada",
         *           "avatar": "owl",
         *           "language": "en",
         *           "isKids": false,
         *           "maximumAge": null,
         *           "hasPin": true
         *         }
         *       ],
         *       "selectedProfileId": "f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f"
         *     }
         */
        Session: {
            /** Format: uuid */
            sessionId: string;
            /** @description JWT for the Authorization header. Absent if the request selects a cookie with `Viernes-Session: cookie` */
            accessToken?: string;
            /** Format: date-time */
            accessExpiresAt: string;
            account: components["schemas"]["Account"];
            profiles: components["schemas"]["Profile"][];
            /** @description The profile that the session acts for. A new session has one only if the account has a single profile, without a PIN */
            selectedProfileId: string | null;
        };
        SessionList: {
            sessions: components["schemas"]["ActiveSession"][];
        };
        /**
         * @example {
         *       "id": "example",
         *       "name": "Example"
         *     }
         */
        SignInProvider: {
            id: string;
            /** @description Shown to users */
            name: string;
        };
        SignInProviderList: {
            providers: components["schemas"]["SignInProvider"][];
        };
        Span: {
            spanId: string;
            /** @description Null if the trace starts with this span */
            parentSpanId: string | null;
            service: string;
            name: string;
            /** @enum {string} */
            kind: "internal" | "server" | "client" | "producer" | "consumer";
            /** Format: date-time */
            startedAt: string;
            /** @description Time since the start of the first span */
            offsetMs: number;
            durationMs: number;
            /** @description Error code, or class of an unexpected error. Null if the span succeeded */
            error: string | null;
            attributes: {
                [key: string]: string | number | boolean;
            };
        };
        SparseRelatedTitleList: {
            titles: components["schemas"]["SparseTitle"][];
        };
        SparseTitle: {
            /** Format: uuid */
            id?: string;
            kind?: components["schemas"]["TitleKind"];
            name?: string;
            /** @description Unique. Identifies the title in URLs */
            slug?: string;
            synopsis?: string;
            releaseYear?: number | null;
            genres?: string[];
            directors?: string[];
            maturityRating?: components["schemas"]["MaturityRating"] | null;
            /** @description Minimum age of the maturity rating. Null for an unrated title. */
            minimumAge?: number | null;
            runtimeMinutes?: number | null;
            /** @description Number of seasons of a series */
            seasonCount?: number | null;
            /** @description Mean score from external ratings, 0 to 10 */
            score?: number | null;
            artwork?: components["schemas"]["Artwork"][];
            isPlayable?: boolean;
            /** @description Null if the title is not playable */
            assetId?: string | null;
            durationMs?: number | null;
            /** Format: date-time */
            createdAt?: string;
            /** @description Present only if the request includes them */
            credits?: components["schemas"]["Credit"][];
        };
        SparseTitleDetails: {
            /** Format: uuid */
            id?: string;
            kind?: components["schemas"]["TitleKind"];
            name?: string;
            /** @description Unique. Identifies the title in URLs */
            slug?: string;
            synopsis?: string;
            releaseYear?: number | null;
            genres?: string[];
            directors?: string[];
            maturityRating?: components["schemas"]["MaturityRating"] | null;
            /** @description Minimum age of the maturity rating. Null for an unrated title. */
            minimumAge?: number | null;
            runtimeMinutes?: number | null;
            /** @description Number of seasons of a series */
            seasonCount?: number | null;
            /** @description Mean score from external ratings, 0 to 10 */
            score?: number | null;
            artwork?: components["schemas"]["Artwork"][];
            isPlayable?: boolean;
            /** @description Null if the title is not playable */
            assetId?: string | null;
            durationMs?: number | null;
            /** Format: date-time */
            createdAt?: string;
            credits?: components["schemas"]["Credit"][];
            /** @description Identifier in the system that the title was imported from. Unique. */
            externalId?: string | null;
            countries?: string[];
            /** @description BCP 47 tags */
            languages?: string[];
            /** @description The day on which the title was added to the source catalog */
            addedOn?: string | null;
            /** @description The title is visible within any of these windows, or always if there is none */
            availability?: components["schemas"]["AvailabilityWindow"][];
            /** @description Increases with each change of the title. A new name of a credited person does not change it. */
            revision?: number;
            /** Format: date-time */
            updatedAt?: string;
            /** @description Present only if the request includes them. Empty for a film */
            seasons?: components["schemas"]["Season"][];
            /** @description Present only if the request includes them. Most similar first */
            related?: components["schemas"]["Title"][];
        };
        SparseTitlePage: {
            titles: components["schemas"]["SparseTitle"][];
            /** @description Null on the last page */
            nextCursor: string | null;
            /** @description Number of titles on all pages, as `/v1/title-facets` counts them. Null unless `includeTotal=true`. */
            estimatedTotal: number | null;
            /** @description True if the query matches more titles than are counted, so that `estimatedTotal` is a lower bound */
            isTotalLowerBound: boolean;
            /** @description In the order of the titles. Null without a query. */
            highlights: components["schemas"]["TitleHighlights"][] | null;
        };
        SubscribeMessage: {
            /** @constant */
            type: "subscribe";
            /** @description Returned in the response to this message */
            id?: string;
            /** @description Replaces the earlier topics. An empty list unsubscribes from all */
            topics: components["schemas"]["LiveTopic"][];
            /** @description Also sends the events after this one */
            lastEventId?: string;
        };
        /**
         * @example {
         *       "kind": "title",
         *       "id": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "name": "Metropolis",
         *       "releaseYear": 1927
         *     }
         */
        Suggestion: {
            /**
             * @description Kinds can be added. Clients must skip suggestions of unknown kinds
             * @enum {string}
             */
            kind: "title" | "person";
            /**
             * Format: uuid
             * @description ID of the title or the person
             */
            id: string;
            name: string;
            /** @description Null for a person */
            releaseYear: number | null;
        };
        SuggestionList: {
            suggestions: components["schemas"]["Suggestion"][];
        };
        /** @enum {string} */
        Thumb: "up" | "down";
        /**
         * @example {
         *       "id": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "kind": "film",
         *       "name": "Metropolis",
         *       "slug": "metropolis-1927",
         *       "synopsis": "The son of a city planner falls in love with a working-class prophet.",
         *       "releaseYear": 1927,
         *       "genres": [
         *         "Science fiction",
         *         "Drama"
         *       ],
         *       "directors": [
         *         "Fritz Lang"
         *       ],
         *       "maturityRating": "NR",
         *       "minimumAge": null,
         *       "runtimeMinutes": 153,
         *       "seasonCount": null,
         *       "score": 8.2,
         *       "artwork": [],
         *       "isPlayable": true,
         *       "assetId": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *       "durationMs": 9180000,
         *       "createdAt": "2026-06-05T20:15:00.000Z"
         *     }
         */
        Title: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["TitleKind"];
            name: string;
            /** @description Unique. Identifies the title in URLs */
            slug: string;
            synopsis: string;
            releaseYear: number | null;
            genres: string[];
            directors: string[];
            maturityRating: components["schemas"]["MaturityRating"] | null;
            /** @description Minimum age of the maturity rating. Null for an unrated title. */
            minimumAge: number | null;
            runtimeMinutes: number | null;
            /** @description Number of seasons of a series */
            seasonCount: number | null;
            /** @description Mean score from external ratings, 0 to 10 */
            score: number | null;
            artwork: components["schemas"]["Artwork"][];
            isPlayable: boolean;
            /** @description Null if the title is not playable */
            assetId: string | null;
            durationMs: number | null;
            /** Format: date-time */
            createdAt: string;
            /** @description Present only if the request includes them */
            credits?: components["schemas"]["Credit"][];
        };
        /**
         * @example {
         *       "id": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "kind": "film",
         *       "name": "Metropolis",
         *       "slug": "metropolis-1927",
         *       "synopsis": "The son of a city planner falls in love with a working-class prophet.",
         *       "releaseYear": 1927,
         *       "genres": [
         *         "Science fiction",
         *         "Drama"
         *       ],
         *       "directors": [
         *         "Fritz Lang"
         *       ],
         *       "maturityRating": "NR",
         *       "minimumAge": null,
         *       "runtimeMinutes": 153,
         *       "seasonCount": null,
         *       "score": 8.2,
         *       "artwork": [],
         *       "isPlayable": true,
         *       "assetId": "6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001",
         *       "durationMs": 9180000,
         *       "createdAt": "2026-06-05T20:15:00.000Z",
         *       "externalId": "films/metropolis",
         *       "countries": [
         *         "DE"
         *       ],
         *       "languages": [
         *         "de"
         *       ],
         *       "addedOn": "2026-06-05",
         *       "availability": [],
         *       "credits": [
         *         {
         *           "personId": "9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10",
         *           "name": "Fritz Lang",
         *           "role": "director",
         *           "character": null
         *         }
         *       ],
         *       "revision": 1,
         *       "updatedAt": "2026-06-05T20:15:00.000Z"
         *     }
         */
        TitleDetails: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["TitleKind"];
            name: string;
            /** @description Unique. Identifies the title in URLs */
            slug: string;
            synopsis: string;
            releaseYear: number | null;
            genres: string[];
            directors: string[];
            maturityRating: components["schemas"]["MaturityRating"] | null;
            /** @description Minimum age of the maturity rating. Null for an unrated title. */
            minimumAge: number | null;
            runtimeMinutes: number | null;
            /** @description Number of seasons of a series */
            seasonCount: number | null;
            /** @description Mean score from external ratings, 0 to 10 */
            score: number | null;
            artwork: components["schemas"]["Artwork"][];
            isPlayable: boolean;
            /** @description Null if the title is not playable */
            assetId: string | null;
            durationMs: number | null;
            /** Format: date-time */
            createdAt: string;
            credits: components["schemas"]["Credit"][];
            /** @description Identifier in the system that the title was imported from. Unique. */
            externalId: string | null;
            countries: string[];
            /** @description BCP 47 tags */
            languages: string[];
            /** @description The day on which the title was added to the source catalog */
            addedOn: string | null;
            /** @description The title is visible within any of these windows, or always if there is none */
            availability: components["schemas"]["AvailabilityWindow"][];
            /** @description Increases with each change of the title. A new name of a credited person does not change it. */
            revision: number;
            /** Format: date-time */
            updatedAt: string;
            /** @description Present only if the request includes them. Empty for a film */
            seasons?: components["schemas"]["Season"][];
            /** @description Present only if the request includes them. Most similar first */
            related?: components["schemas"]["Title"][];
        };
        TitleExportPage: {
            titles: components["schemas"]["TitleDetails"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        TitleFacetValue: {
            value: string;
            count: number;
        };
        /**
         * @example {
         *       "total": 2,
         *       "isLowerBound": false,
         *       "facets": {
         *         "kind": [
         *           {
         *             "value": "film",
         *             "count": 2
         *           }
         *         ],
         *         "genre": [
         *           {
         *             "value": "Drama",
         *             "count": 2
         *           },
         *           {
         *             "value": "War",
         *             "count": 1
         *           }
         *         ],
         *         "country": [
         *           {
         *             "value": "JP",
         *             "count": 2
         *           }
         *         ],
         *         "language": [
         *           {
         *             "value": "ja",
         *             "count": 2
         *           }
         *         ],
         *         "maximumAge": [
         *           {
         *             "value": "17",
         *             "count": 1
         *           },
         *           {
         *             "value": "18",
         *             "count": 1
         *           }
         *         ],
         *         "decade": [
         *           {
         *             "value": "1950",
         *             "count": 2
         *           }
         *         ],
         *         "playable": [
         *           {
         *             "value": "true",
         *             "count": 1
         *           }
         *         ]
         *       }
         *     }
         */
        TitleFacets: {
            /** @description Number of titles that meet all conditions */
            total: number;
            /** @description The query matches more titles than are counted: all counts are lower bounds */
            isLowerBound: boolean;
            /** @description Values of each parameter, most titles first. A facet ignores its own parameter */
            facets: {
                kind: components["schemas"]["TitleFacetValue"][];
                genre: components["schemas"]["TitleFacetValue"][];
                country: components["schemas"]["TitleFacetValue"][];
                language: components["schemas"]["TitleFacetValue"][];
                /** @description Each age counts the titles for all lower ages, too */
                maximumAge: components["schemas"]["TitleFacetValue"][];
                /** @description The first year of each decade, as in `yearFrom`. Ignores `yearFrom` and `yearTo` */
                decade: components["schemas"]["TitleFacetValue"][];
                /** @description Only `true` */
                playable: components["schemas"]["TitleFacetValue"][];
            };
        };
        /**
         * @description Each text is split into segments, of which every second one matches the query. A text without a match is empty.
         * @example {
         *       "name": [
         *         "The ",
         *         "Godfather"
         *       ],
         *       "people": [],
         *       "synopsis": []
         *     }
         */
        TitleHighlights: {
            name: string[];
            people: string[];
            synopsis: string[];
        };
        TitleImport: {
            /** @description `true` returns the same outcomes, and changes nothing */
            dryRun?: boolean;
            /** @description Each title requires an `externalId`. The result of an invalid `NewTitle` is `rejected`. */
            titles: ({
                [key: string]: unknown;
            } | components["schemas"]["NewTitle"])[];
        };
        /** @enum {string} */
        TitleKind: "film" | "series";
        TitlePage: {
            titles: components["schemas"]["Title"][];
            /** @description Null on the last page */
            nextCursor: string | null;
            /** @description Number of titles on all pages, as `/v1/title-facets` counts them. Null unless `includeTotal=true`. */
            estimatedTotal: number | null;
            /** @description True if the query matches more titles than are counted, so that `estimatedTotal` is a lower bound */
            isTotalLowerBound: boolean;
            /** @description In the order of the titles. Null without a query. */
            highlights: components["schemas"]["TitleHighlights"][] | null;
        };
        /** @description Fields of a `NewTitle`. `null` removes an optional field, except the slug, which remains. A list replaces the complete list. */
        TitlePatch: {
            kind?: components["schemas"]["TitleKind"] | null;
            name?: string | null;
            synopsis?: string | null;
            releaseYear?: number | null;
            genres?: string[] | null;
            credits?: {
                /** Format: uuid */
                personId?: string;
                /** @description Ignored with `personId`. Otherwise selects the person whom the title already credits with this name, then the person whose slug is derived from it, or creates one. */
                name: string;
                /** @enum {string} */
                role: "director" | "actor" | "writer" | "producer" | "composer";
                character?: string;
            }[] | null;
            maturityRating?: components["schemas"]["MaturityRating"] | null;
            runtimeMinutes?: number | null;
            seasonCount?: number | null;
            score?: number | null;
            externalId?: string | null;
            slug?: string | null;
            countries?: components["schemas"]["CountryCode"][] | null;
            languages?: string[] | null;
            addedOn?: string | null;
            artwork?: components["schemas"]["Artwork"][] | null;
            availability?: components["schemas"]["NewAvailabilityWindow"][] | null;
        };
        TitleSocketRequest: {
            /** @description Returned in the response */
            id: string;
            /**
             * @description An operation of this document
             * @enum {string}
             */
            method: "getTitle" | "listTitles";
            /**
             * @description The parameters of the operation by name. The operation validates them, and its policies apply to each message
             * @default {}
             */
            params: {
                [key: string]: (string | number | boolean) | (string | number | boolean)[];
            };
        };
        TitleSocketResponse: {
            /** @constant */
            type: "result";
            id: string;
            /** @description The response body of the operation */
            result: unknown;
        } | {
            /** @constant */
            type: "error";
            id?: string;
            problem: components["schemas"]["Problem"];
        };
        /**
         * @example {
         *       "name": "Metropolis",
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "personId": null
         *     }
         */
        TitleSuggestion: {
            /** @description Name of a title or of a person */
            name: string;
            titleId: string | null;
            personId: string | null;
        };
        TitleSuggestions: {
            suggestions: components["schemas"]["TitleSuggestion"][];
        };
        /**
         * @example {
         *       "id": "5d4c3b2a-1908-4f7e-a6d5-c4b3a2918070",
         *       "titleId": "3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f",
         *       "fileName": "metropolis.mp4",
         *       "sizeBytes": 20000000,
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *       "state": "open",
         *       "partSizeBytes": 8388608,
         *       "partCount": 3,
         *       "uploadedParts": [
         *         {
         *           "partNumber": 1,
         *           "sizeBytes": 8388608
         *         }
         *       ],
         *       "expiresAt": "2026-06-06T20:15:00.000Z",
         *       "assetId": null
         *     }
         */
        Upload: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description A film or an episode
             */
            titleId: string;
            fileName: string;
            sizeBytes: number;
            sha256: string;
            state: components["schemas"]["UploadState"];
            /** @description Size of each part except the last */
            partSizeBytes: number;
            partCount: number;
            uploadedParts: components["schemas"]["UploadedPart"][];
            /** Format: date-time */
            expiresAt: string;
            /** @description Null until the upload is completed */
            assetId: string | null;
        };
        UploadList: {
            uploads: components["schemas"]["Upload"][];
        };
        /** @enum {string} */
        UploadState: "open" | "completed" | "aborted" | "expired" | "rejected";
        UploadedPart: {
            partNumber: number;
            sizeBytes: number;
        };
        UsageReport: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            rows: components["schemas"]["UsageRow"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        UsageRow: {
            /**
             * Format: date-time
             * @description The start of the hour, the day (UTC), or the report
             */
            startsAt: string;
            /** @description Null for callers without a valid token, and for deleted accounts */
            accountId?: string | null;
            /** @description Email of the account. Only for admins */
            email?: string | null;
            /** @description Null for sessions, and for callers without a valid token */
            apiKeyId?: string | null;
            /** @description Null if the API key was revoked */
            apiKeyName?: string | null;
            apiKeyPrefix?: string | null;
            /** @description `operationId` in this document */
            operation?: string | null;
            /** @description 499: the client disconnected before the response */
            status?: number | null;
            calls: number;
            /** @description Calls with a status from 400 to 499 */
            clientErrors: number;
            /** @description Calls with a status of at least 500 */
            serverErrors: number;
            /** @description Including headers */
            responseBytes: number;
            /** @description In milliseconds, at most 19 % too large or too small */
            p50Ms: number | null;
            /** @description In milliseconds, at most 19 % too large or too small */
            p95Ms: number | null;
            /** @description In milliseconds, at most 19 % too large or too small */
            p99Ms: number | null;
            /** @description Calls that the plan of the account allows until the end of the month. Null: unlimited, or temporarily unknown */
            remainingCalls?: number | null;
        };
        /**
         * @example {
         *       "positionMs": 1320000,
         *       "durationMs": 9180000
         *     }
         */
        WatchProgress: {
            positionMs: number;
            durationMs: number;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            url: string;
            eventTypes: components["schemas"]["WebhookEventType"][];
            isEnabled: boolean;
            /** @description Why the platform disabled it: `gone` (a response had the status 410), `failing` (no attempt was successful for 5 days), or `role` (the account was no longer an editor) */
            disabledReason: ("gone" | "failing" | "role") | null;
            /** @description Time of the first failed attempt since the last successful one */
            failingSince: string | null;
            /** @description Until then, messages also have a signature of the previous secret */
            previousSecretExpiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description The header `webhook-id`, equal for all attempts
             */
            id: string;
            type: components["schemas"]["WebhookMessageType"];
            state: components["schemas"]["WebhookDeliveryState"];
            /** @description Number of attempts since it was created or redelivered */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /** @description Null unless it is pending */
            nextAttemptAt: string | null;
            lastAttemptAt: string | null;
            lastDurationMs: number | null;
            /** @description HTTP status of the response to the latest attempt. Null without a response */
            lastStatus: number | null;
            /** @description Why the latest attempt failed */
            lastError: ("status" | "redirect" | "timeout" | "connection" | "certificate" | "nameNotFound" | "addressNotAllowed" | "httpsRequired") | null;
            /** @description The body of the message: JSON */
            payload: string;
        };
        WebhookDeliveryPage: {
            deliveries: components["schemas"]["WebhookDelivery"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        /** @enum {string} */
        WebhookDeliveryState: "pending" | "delivered" | "failed";
        /** @enum {string} */
        WebhookEventType: "title.published" | "asset.failed";
        WebhookList: {
            webhooks: components["schemas"]["Webhook"][];
        };
        /** @enum {string} */
        WebhookMessageType: "title.published" | "asset.failed" | "webhook.test";
        /**
         * @example {
         *       "isEnabled": true
         *     }
         */
        WebhookPatch: {
            /** @description HTTPS URL without credentials or a fragment. Its host must not be, or resolve to, a private IP address */
            url?: string;
            eventTypes?: components["schemas"]["WebhookEventType"][];
            isEnabled?: boolean;
        };
        WebhookSecret: {
            webhook: components["schemas"]["Webhook"];
            /** @description Returned only once. Verify the signatures with it */
            secret: string;
        };
        /**
         * @example {
         *       "overlapHours": 24
         *     }
         */
        WebhookSecretRotation: {
            /** @description How long the previous secret stays valid, in hours. Absent: 24. 0: the previous secret expires immediately */
            overlapHours?: number;
        };
    };
    responses: {
        /** @description The account does not exist */
        AccountNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not exist */
        ApiKeyNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The asset does not exist */
        AssetNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. The file is too large */
        BodyTooLargeOrUploadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Email or password is incorrect */
        CredentialsWrong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The request was not sent by a page of this site */
        CsrfRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The dead letter does not exist */
        DeadLetterNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The dead letter has already been redriven or dropped */
        DeadLetterResolved: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The response took too long */
        DeadlineExceeded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A required service is unavailable */
        DependencyUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A required service is unavailable. The service is overloaded */
        DependencyUnavailableOrOverloaded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description An account with this email exists */
        EmailTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The email of the account is not verified */
        EmailUnverified: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress */
        IdempotencyKeyInUse: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. The account has the maximum number of API keys */
        IdempotencyKeyInUseOrApiKeyLimitReached: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. An account with this email exists */
        IdempotencyKeyInUseOrEmailTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. The identity is already linked to an account, or the account to another identity of the provider */
        IdempotencyKeyInUseOrIdentityConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. An account with this email exists, but the identity is not linked to it */
        IdempotencyKeyInUseOrIdentityNotLinked: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. The account has the maximum number of passkeys */
        IdempotencyKeyInUseOrPasskeyLimitReached: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. A person with this slug exists */
        IdempotencyKeyInUseOrPersonExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. The account has the maximum number of profiles. A profile of the account has this name */
        IdempotencyKeyInUseOrProfileLimitReachedOrProfileNameTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. A title with this external ID exists */
        IdempotencyKeyInUseOrTitleExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. The videos of a series belong to its episodes */
        IdempotencyKeyInUseOrTitleHasEpisodes: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. Only a series has seasons */
        IdempotencyKeyInUseOrTitleNotASeries: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. Only a series has seasons. The series has a season with this number */
        IdempotencyKeyInUseOrTitleNotASeriesOrSeasonExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. The title has no playable video yet */
        IdempotencyKeyInUseOrTitleNotPlayable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. The webhook is disabled */
        IdempotencyKeyInUseOrWebhookDisabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A request with this Idempotency-Key is in progress. This installation does not send webhooks. The account has the maximum number of webhooks */
        IdempotencyKeyInUseOrWebhooksUnavailableOrWebhookLimitReached: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The header Idempotency-Key is invalid */
        IdempotencyKeyInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The Idempotency-Key belongs to a different request */
        IdempotencyKeyReused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The identity does not exist */
        IdentityNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The sign-in at the provider was not accepted. The sign-in provider has not verified the email. The request was not sent by a page of this site */
        IdentityRejectedOrIdentityEmailUnverifiedOrCsrfRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Internal error */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The last admin cannot delete the account */
        LastAdmin: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The link does not exist, was used, or has expired */
        LinkExpired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Too many mails were sent in the last hour. Too many requests */
        MailLimitReachedOrRateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The media type or encoding of the body is not supported */
        MediaTypeUnsupported: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The list of the profile has the maximum number of titles */
        MyListFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The response is not available in an accepted media type */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The service is overloaded. A required service is unavailable */
        OverloadedOrDependencyUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Admins cannot change their own role */
        OwnRole: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Party limit reached. The monthly request quota is used up. Too many requests */
        PartyLimitReachedOrQuotaExceededOrRateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The party does not exist */
        PartyNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The account has the maximum number of passkeys */
        PasskeyLimitReached: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The passkey does not exist */
        PasskeyNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The passkey was not accepted. The request was not sent by a page of this site */
        PasskeyRejectedOrCsrfRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The person has changed since it was read */
        PersonChanged: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A person with this slug exists */
        PersonExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The person does not exist */
        PersonNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The PIN was entered incorrectly too often. Too many requests */
        PinLockedOrRateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The playback session does not exist or has ended */
        PlaybackNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The playback session does not exist or has ended. The rendition does not exist */
        PlaybackNotFoundOrRenditionNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The request requires the header If-Match */
        PreconditionRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A profile of the account has this name. The account needs a profile without a maximum age */
        ProfileNameTakenOrProfileRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The profile does not exist */
        ProfileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The profile does not exist. The title does not exist */
        ProfileNotFoundOrTitleNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The account needs a profile without a maximum age */
        ProfileRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The monthly request quota is used up. Too many requests */
        QuotaExceededOrRateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        RateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The request is invalid */
        RequestInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The request is invalid. The cursor is invalid */
        RequestInvalidOrCursorInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The request is invalid. The header Idempotency-Key is invalid */
        RequestInvalidOrIdempotencyKeyInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The request is invalid. The header Viernes-Position is invalid */
        RequestInvalidOrPositionInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The request is invalid. The header Viernes-Position is invalid. The cursor is invalid */
        RequestInvalidOrPositionInvalidOrCursorInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The path does not exist */
        RouteNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope */
        ScopeMissing: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site */
        ScopeMissingOrCsrfRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The account does not have the required role */
        ScopeMissingOrCsrfRejectedOrForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The password is incorrect */
        ScopeMissingOrCsrfRejectedOrPasswordWrong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The password is incorrect. The session has not selected the profile. A profile with a higher maximum age is required */
        ScopeMissingOrCsrfRejectedOrPasswordWrongOrProfileNotSelectedOrProfileLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The profile has a PIN. The PIN is incorrect */
        ScopeMissingOrCsrfRejectedOrPinRequiredOrPinWrong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The session has not selected the profile */
        ScopeMissingOrCsrfRejectedOrProfileNotSelected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The session has not selected the profile. The profile has a PIN */
        ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrPinRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The session has not selected the profile. A profile with a higher maximum age is required */
        ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The session has not selected the profile. A profile with a higher maximum age is required. The sign-in at the provider was not accepted */
        ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrIdentityRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The session has not selected the profile. A profile with a higher maximum age is required. The passkey was not accepted */
        ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasskeyRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The session has not selected the profile. A profile with a higher maximum age is required. The password is incorrect */
        ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasswordWrong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The request was not sent by a page of this site. The session has not selected the profile. A profile with a higher maximum age is required. The profile has a PIN */
        ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPinRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The account does not have the required role */
        ScopeMissingOrForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The profile has a PIN */
        ScopeMissingOrPinRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The profile has a PIN. The session has not selected the profile */
        ScopeMissingOrPinRequiredOrProfileNotSelected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The session has not selected the profile */
        ScopeMissingOrProfileNotSelected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The session has not selected the profile. A profile with a higher maximum age is required */
        ScopeMissingOrProfileNotSelectedOrProfileLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The API key does not have the required scope. The session has not selected the profile. A profile with a higher maximum age is required. The account does not have the required role */
        ScopeMissingOrProfileNotSelectedOrProfileLimitedOrForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The season has changed since it was read */
        SeasonChanged: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The season does not exist */
        SeasonNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The sign-in provider does not exist */
        SignInProviderNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The sign-in provider is unavailable. A required service is unavailable. The service is overloaded */
        SignInProviderUnavailableOrDependencyUnavailableOrOverloaded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The sign-in provider is unavailable. The service is overloaded. A required service is unavailable */
        SignInProviderUnavailableOrOverloadedOrDependencyUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Concurrent stream limit reached. The monthly request quota is used up. Too many requests */
        StreamLimitReachedOrQuotaExceededOrRateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The title has changed since it was read */
        TitleChanged: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description A title with this external ID exists. The kind of a title with seasons or a video cannot change */
        TitleExistsOrTitleKindInUse: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Only a series has seasons */
        TitleNotASeries: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The title does not exist */
        TitleNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The title does not exist. The person does not exist */
        TitleNotFoundOrPersonNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The title does not exist. The season does not exist */
        TitleNotFoundOrSeasonNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The title does not exist. The season does not exist. The episode does not exist */
        TitleNotFoundOrSeasonNotFoundOrEpisodeNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description No spans of the trace are known yet */
        TraceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Authentication is required. The session has ended */
        UnauthenticatedOrSessionEnded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The path is a WebSocket */
        UpgradeRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The upload is no longer open */
        UploadClosed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The upload is no longer open. Parts of the upload are missing. Stored bytes differ from the declared size. Stored bytes differ from the declared checksum */
        UploadClosedOrUploadIncompleteOrUploadSizeMismatchOrUploadChecksumMismatch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description Open upload limit reached. The monthly request quota is used up. Too many requests */
        UploadLimitReachedOrQuotaExceededOrRateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The upload does not exist */
        UploadNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The webhook does not exist */
        WebhookNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
        /** @description The webhook does not exist. The delivery does not exist */
        WebhookNotFoundOrWebhookDeliveryNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/problem+xml": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                /** @description Start of the email */
                email?: string;
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                    "application/xml": components["schemas"]["AccountPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccount"];
                "application/xml": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description The account and its profiles */
            201: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedAccount"];
                    "application/xml": components["schemas"]["CreatedAccount"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrEmailTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailVerification"];
                "application/xml": components["schemas"]["EmailVerification"];
            };
        };
        responses: {
            /** @description The email is verified, and is now the email of the account */
            204: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            404: components["responses"]["LinkExpired"];
            409: components["responses"]["IdempotencyKeyInUseOrEmailTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    requestEmailVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mail will be sent */
            202: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            409: components["responses"]["IdempotencyKeyInUse"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["MailLimitReachedOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordResetRequest"];
                "application/xml": components["schemas"]["PasswordResetRequest"];
            };
        };
        responses: {
            /** @description A mail will be sent if the email belongs to an account */
            202: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
                "application/xml": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description The password is set, the email is verified, and all sessions have ended */
            204: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            404: components["responses"]["LinkExpired"];
            409: components["responses"]["IdempotencyKeyInUseOrEmailTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
                "application/xml": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description The password is replaced, and the other sessions have ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasswordWrong"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    changeEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailChange"];
                "application/xml": components["schemas"]["EmailChange"];
            };
        };
        responses: {
            /** @description The mail will be sent, and a notice to the current email */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasswordWrong"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["MailLimitReachedOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The passkeys of the account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyList"];
                    "application/xml": components["schemas"]["PasskeyList"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPasskey"];
                "application/xml": components["schemas"]["NewPasskey"];
            };
        };
        responses: {
            /** @description The passkey */
            201: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                    "application/xml": components["schemas"]["Passkey"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasskeyRejected"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrPasskeyLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    startPasskeyRegistration: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: each request checks the password, and an unused challenge expires. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyRegistrationRequest"];
                "application/xml": components["schemas"]["PasskeyRegistrationRequest"];
            };
        };
        responses: {
            /** @description Options of `navigator.credentials.create()` */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyCreationOptions"];
                    "application/xml": components["schemas"]["PasskeyCreationOptions"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasswordWrong"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["PasskeyLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The passkey can no longer be used to sign in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited"];
            404: components["responses"]["PasskeyNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    patchPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["PasskeyPatch"];
            };
        };
        responses: {
            /** @description The updated passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                    "application/xml": components["schemas"]["Passkey"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited"];
            404: components["responses"]["PasskeyNotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    startPasskeySignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: an unused challenge expires. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Options of `navigator.credentials.get()` */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequestOptions"];
                    "application/xml": components["schemas"]["PasskeyRequestOptions"];
                };
            };
            400: components["responses"]["IdempotencyKeyInvalid"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    signInWithPasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
                /**
                 * @description `cookie` returns the access token in a cookie that scripts cannot read, instead of in the body. Other values have no effect.
                 * @example cookie
                 */
                "Viernes-Session"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeySignIn"];
                "application/xml": components["schemas"]["PasskeySignIn"];
            };
        };
        responses: {
            /** @description The session */
            201: {
                headers: {
                    /** @description The refresh token, sent only to `/v1/sessions`, and the access token if the request selects a cookie. Both are `HttpOnly` and `SameSite=Strict` */
                    "Set-Cookie"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                    "application/xml": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            403: components["responses"]["PasskeyRejectedOrCsrfRejected"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listSignInProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The providers, none by default */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInProviderList"];
                    "application/xml": components["schemas"]["SignInProviderList"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    startProviderSignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: an unused sign-in expires. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderSignInStart"];
                "application/xml": components["schemas"]["ProviderSignInStart"];
            };
        };
        responses: {
            /** @description The URL */
            201: {
                headers: {
                    /** @description The secret of this sign-in, `HttpOnly` and `SameSite=Strict`, valid for 10 minutes */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderAuthorization"];
                    "application/xml": components["schemas"]["ProviderAuthorization"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            403: components["responses"]["CsrfRejected"];
            404: components["responses"]["SignInProviderNotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["SignInProviderUnavailableOrDependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    signInWithProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
                /**
                 * @description `cookie` returns the access token in a cookie that scripts cannot read, instead of in the body. Other values have no effect.
                 * @example cookie
                 */
                "Viernes-Session"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderResponse"];
                "application/xml": components["schemas"]["ProviderResponse"];
            };
        };
        responses: {
            /** @description The session */
            201: {
                headers: {
                    /** @description The cookies of the session, as in `createSession`. Also deletes the secret of the sign-in */
                    "Set-Cookie"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                    "application/xml": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            403: components["responses"]["IdentityRejectedOrIdentityEmailUnverifiedOrCsrfRejected"];
            404: components["responses"]["SignInProviderNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrIdentityNotLinked"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["SignInProviderUnavailableOrDependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identities */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityList"];
                    "application/xml": components["schemas"]["IdentityList"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    addIdentity: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderResponse"];
                "application/xml": components["schemas"]["ProviderResponse"];
            };
        };
        responses: {
            /** @description The identity */
            201: {
                headers: {
                    /** @description Deletes the secret of the sign-in */
                    "Set-Cookie"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                    "application/xml": components["schemas"]["Identity"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrIdentityRejected"];
            404: components["responses"]["SignInProviderNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrIdentityConflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["SignInProviderUnavailableOrDependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    startIdentityLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: each request checks the password, and an unused sign-in expires. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityLinkStart"];
                "application/xml": components["schemas"]["IdentityLinkStart"];
            };
        };
        responses: {
            /** @description The URL */
            201: {
                headers: {
                    /** @description The secret of this sign-in, `HttpOnly` and `SameSite=Strict`, valid for 10 minutes */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderAuthorization"];
                    "application/xml": components["schemas"]["ProviderAuthorization"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasswordWrong"];
            404: components["responses"]["SignInProviderNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["EmailUnverified"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["SignInProviderUnavailableOrOverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    removeIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identity can no longer be used to sign in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited"];
            404: components["responses"]["IdentityNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API keys that are not revoked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                    "application/xml": components["schemas"]["ApiKeyList"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
                "application/xml": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description The API key and its secret */
            201: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeySecret"];
                    "application/xml": components["schemas"]["ApiKeySecret"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasswordWrong"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrApiKeyLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyRotation"];
                "application/xml": components["schemas"]["ApiKeyRotation"];
            };
        };
        responses: {
            /** @description The API key and its new secret */
            201: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeySecret"];
                    "application/xml": components["schemas"]["ApiKeySecret"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPasswordWrong"];
            404: components["responses"]["ApiKeyNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All secrets of the API key are invalid */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited"];
            404: components["responses"]["ApiKeyNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listSecurityEvents: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityEventPage"];
                    "application/xml": components["schemas"]["SecurityEventPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
                "application/xml": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description The updated account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                    "application/xml": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["AccountNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["OwnRole"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: an account is deleted once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountDeletion"];
                "application/xml": components["schemas"]["AccountDeletion"];
            };
        };
        responses: {
            /** @description All sessions and API keys have ended, and the data will be deleted */
            202: {
                headers: {
                    /** @description Removes the cookies of the session */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrPasswordWrongOrProfileNotSelectedOrProfileLimited"];
            409: components["responses"]["LastAdmin"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: nothing changes. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountExportRequest"];
                "application/xml": components["schemas"]["AccountExportRequest"];
            };
        };
        responses: {
            /** @description One document without hashes of passwords, PINs and tokens. It is streamed: if the client does not receive valid JSON, the export is incomplete, and the client can retry */
            200: {
                headers: {
                    /** @description `attachment` */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountExport"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrPasswordWrongOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan and its budgets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPlan"];
                    "application/xml": components["schemas"]["AccountPlan"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanList"];
                    "application/xml": components["schemas"]["PlanList"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    changePlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanChange"];
                "application/xml": components["schemas"]["PlanChange"];
            };
        };
        responses: {
            /** @description The updated account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                    "application/xml": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["AccountNotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
                /**
                 * @description `cookie` returns the access token in a cookie that scripts cannot read, instead of in the body. Other values have no effect.
                 * @example cookie
                 */
                "Viernes-Session"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
                "application/xml": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description The session */
            201: {
                headers: {
                    /** @description The refresh token, sent only to `/v1/sessions`, and the access token if the request selects a cookie. Both are `HttpOnly` and `SameSite=Strict` */
                    "Set-Cookie"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                    "application/xml": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["CredentialsWrong"];
            403: components["responses"]["CsrfRejected"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: the previous cookie is accepted again for a few seconds. */
                "Idempotency-Key"?: string;
                /**
                 * @description `cookie` returns the access token in a cookie that scripts cannot read, instead of in the body. Other values have no effect.
                 * @example cookie
                 */
                "Viernes-Session"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    /** @description The refresh token, sent only to `/v1/sessions`, and the access token if the request selects a cookie. Both are `HttpOnly` and `SameSite=Strict` */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                    "application/xml": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["IdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["CsrfRejected"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions that have not ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                    "application/xml": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    endSessionById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended, and its tokens are invalid */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions except the current one have ended, and their tokens are invalid */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileList"];
                    "application/xml": components["schemas"]["ProfileList"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProfile"];
                "application/xml": components["schemas"]["NewProfile"];
            };
        };
        responses: {
            /** @description The profile */
            201: {
                headers: {
                    /** @description Path of the profile */
                    Location?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                    "application/xml": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimited"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrProfileLimitReachedOrProfileNameTaken"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                    "application/xml": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["ProfileNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    deleteProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile was deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPinRequired"];
            404: components["responses"]["ProfileNotFound"];
            409: components["responses"]["ProfileRequired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    patchProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            /** @description The updated profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                    "application/xml": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPinRequired"];
            404: components["responses"]["ProfileNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["ProfileNameTakenOrProfileRequired"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listContinueWatching: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries whose titles still exist */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinueWatchingList"];
                    "application/xml": components["schemas"]["ContinueWatchingList"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrPinRequired"];
            404: components["responses"]["ProfileNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    setProfilePin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPin"];
                "application/xml": components["schemas"]["NewPin"];
            };
        };
        responses: {
            /** @description The profile has this PIN */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrProfileLimitedOrPinRequired"];
            404: components["responses"]["ProfileNotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    removeProfilePin: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: the PIN remains removed, and each request checks the password. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinRemoval"];
                "application/xml": components["schemas"]["PinRemoval"];
            };
        };
        responses: {
            /** @description The profile has no PIN */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrPasswordWrong"];
            404: components["responses"]["ProfileNotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    selectProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: the profile remains selected, and each request checks the PIN. */
                "Idempotency-Key"?: string;
                /**
                 * @description `cookie` returns the access token in a cookie that scripts cannot read, instead of in the body. Other values have no effect.
                 * @example cookie
                 */
                "Viernes-Session"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProfileSelection"];
                "application/xml": components["schemas"]["NewProfileSelection"];
            };
        };
        responses: {
            /** @description The profile and a new access token, which replaces the current one */
            200: {
                headers: {
                    /** @description The access token, if the request has it as a cookie, or selects a cookie session */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileSelection"];
                    "application/xml": components["schemas"]["ProfileSelection"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrPinRequiredOrPinWrong"];
            404: components["responses"]["ProfileNotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["PinLockedOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listMyList: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of titles, without those that do not exist for the profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyListPage"];
                    "application/xml": components["schemas"]["MyListPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelected"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getMyListEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                titleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the list contains the title */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyListEntry"];
                    "application/xml": components["schemas"]["MyListEntry"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelected"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    addToMyList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                titleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list contains the title */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelected"];
            404: components["responses"]["TitleNotFound"];
            409: components["responses"]["MyListFull"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    removeFromMyList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                titleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list does not contain the title */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelected"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getRating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                titleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rating */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rating"];
                    "application/xml": components["schemas"]["Rating"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelected"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    rateTitle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                titleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRating"];
                "application/xml": components["schemas"]["NewRating"];
            };
        };
        responses: {
            /** @description The title has this rating */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelected"];
            404: components["responses"]["TitleNotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    removeRating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                titleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The title has no rating */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelected"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listHistory: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries, without those whose titles do not exist for the profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                    "application/xml": components["schemas"]["HistoryPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelected"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    clearHistory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history is empty */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelected"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    removeFromHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ID of a film, an episode, or a series */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history does not contain the title */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelected"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listTitles: {
        parameters: {
            query?: {
                /** @description Words of the name, the people, or the synopsis. Tolerates typing errors. */
                query?: string;
                kind?: components["schemas"]["TitleKind"];
                /** @description Titles of any of these genres */
                genre?: string[];
                /** @description Titles that credit this person */
                person?: string;
                /** @description Only titles in which `person` has this role. Requires `person`. */
                role?: "director" | "actor" | "writer" | "producer" | "composer";
                /** @description Titles of any of these countries */
                country?: components["schemas"]["CountryCode"][];
                /** @description Titles in any of these languages (BCP 47 tags) */
                language?: string[];
                /** @description Earliest year of release */
                yearFrom?: number;
                /** @description Latest year of release */
                yearTo?: number;
                /** @description Excludes titles for older viewers, and unrated titles */
                maximumAge?: number;
                /** @description Minimum runtime in minutes */
                runtimeFrom?: number;
                /** @description Maximum runtime in minutes */
                runtimeTo?: number;
                /** @description `true` returns only titles that can be played now */
                playable?: "true" | "false";
                /** @description Default: `newest`. Not allowed with a query, which sorts by best match. */
                sort?: "newest" | "name" | "popularity" | "score";
                /** @description The language whose rules `sort=name` follows: in Spanish, ñ follows n. Default: `en`. A cursor continues in the language of its page. */
                sortLanguage?: "en" | "es";
                /** @description `true` returns `estimatedTotal` */
                includeTotal?: "true" | "false";
                /** @description `true` returns titles outside of their availability windows, too. Has an effect only for editors. */
                includeHidden?: "true" | "false";
                /** @description Returns only these fields. A representation with some of the fields has its own entity tag. */
                fields?: ("id" | "kind" | "name" | "slug" | "synopsis" | "releaseYear" | "genres" | "directors" | "maturityRating" | "minimumAge" | "runtimeMinutes" | "seasonCount" | "score" | "artwork" | "isPlayable" | "assetId" | "durationMs" | "createdAt")[];
                /** @description Returns these fields, too */
                include?: "credits"[];
                pageSize?: number;
                /** @description `nextCursor` of the previous page in the same order */
                cursor?: string;
            };
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of titles */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitlePage"];
                    "application/xml": components["schemas"]["TitlePage"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createTitle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTitle"];
                "application/xml": components["schemas"]["NewTitle"];
            };
        };
        responses: {
            /** @description The title */
            201: {
                headers: {
                    /** @description Path of the title */
                    Location?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleDetails"];
                    "application/xml": components["schemas"]["TitleDetails"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["PersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrTitleExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listTitleFacets: {
        parameters: {
            query?: {
                /** @description Words of the name, the people, or the synopsis. Tolerates typing errors. */
                query?: string;
                kind?: components["schemas"]["TitleKind"];
                /** @description Titles of any of these genres */
                genre?: string[];
                /** @description Titles that credit this person */
                person?: string;
                /** @description Only titles in which `person` has this role. Requires `person`. */
                role?: "director" | "actor" | "writer" | "producer" | "composer";
                /** @description Titles of any of these countries */
                country?: components["schemas"]["CountryCode"][];
                /** @description Titles in any of these languages (BCP 47 tags) */
                language?: string[];
                /** @description Earliest year of release */
                yearFrom?: number;
                /** @description Latest year of release */
                yearTo?: number;
                /** @description Excludes titles for older viewers, and unrated titles */
                maximumAge?: number;
                /** @description Minimum runtime in minutes */
                runtimeFrom?: number;
                /** @description Maximum runtime in minutes */
                runtimeTo?: number;
                /** @description `true` returns only titles that can be played now */
                playable?: "true" | "false";
            };
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. They include a change of a title after a few seconds */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleFacets"];
                    "application/xml": components["schemas"]["TitleFacets"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listTitleSuggestions: {
        parameters: {
            query: {
                /** @description The last word can be incomplete */
                query: string;
            };
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 8 names */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    /** @description The time at which the operation became deprecated: `@` and epoch seconds (RFC 9745) */
                    Deprecation?: string;
                    /** @description The time from which the operation can be removed (RFC 8594) */
                    Sunset?: string;
                    /** @description The same operation in the next version, with the relation `successor-version` */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleSuggestions"];
                    "application/xml": components["schemas"]["TitleSuggestions"];
                    "application/vnd.viernes.v2+json": components["schemas"]["SuggestionList"];
                    "application/vnd.viernes.v2+xml": components["schemas"]["SuggestionList"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    /** @description The time at which the operation became deprecated: `@` and epoch seconds (RFC 9745) */
                    Deprecation?: string;
                    /** @description The time from which the operation can be removed (RFC 8594) */
                    Sunset?: string;
                    /** @description The same operation in the next version, with the relation `successor-version` */
                    Link?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listTitleSuggestionsV2: {
        parameters: {
            query: {
                /** @description The last word can be incomplete */
                query: string;
            };
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 8 names */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionList"];
                    "application/xml": components["schemas"]["SuggestionList"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getTitle: {
        parameters: {
            query?: {
                /** @description Returns only these fields. A representation with some of the fields has its own entity tag. */
                fields?: ("id" | "kind" | "name" | "slug" | "synopsis" | "releaseYear" | "genres" | "directors" | "maturityRating" | "minimumAge" | "runtimeMinutes" | "seasonCount" | "score" | "artwork" | "isPlayable" | "assetId" | "durationMs" | "createdAt" | "credits" | "externalId" | "countries" | "languages" | "addedOn" | "availability" | "revision" | "updatedAt")[];
                /** @description Returns these fields, too */
                include?: ("seasons" | "related")[];
            };
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path: {
                /** @description The ID or the slug */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The title */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleDetails"];
                    "application/xml": components["schemas"]["TitleDetails"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["TitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    replaceTitle: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTitle"];
                "application/xml": components["schemas"]["NewTitle"];
            };
        };
        responses: {
            /** @description The updated title */
            200: {
                headers: {
                    /** @description Path of the title */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleDetails"];
                    "application/xml": components["schemas"]["TitleDetails"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrPersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["TitleExistsOrTitleKindInUse"];
            412: components["responses"]["TitleChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    deleteTitle: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The title was deleted */
            204: {
                headers: {
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFound"];
            412: components["responses"]["TitleChanged"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    patchTitle: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["TitlePatch"];
            };
        };
        responses: {
            /** @description The updated title */
            200: {
                headers: {
                    /** @description Path of the title */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleDetails"];
                    "application/xml": components["schemas"]["TitleDetails"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrPersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["TitleExistsOrTitleKindInUse"];
            412: components["responses"]["TitleChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    openTitleSocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection is now a WebSocket with JSON messages */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            426: components["responses"]["UpgradeRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listRelatedTitles: {
        parameters: {
            query?: {
                /** @description Default: 12 */
                limit?: number;
                /** @description Returns only these fields. A representation with some of the fields has its own entity tag. */
                fields?: ("id" | "kind" | "name" | "slug" | "synopsis" | "releaseYear" | "genres" | "directors" | "maturityRating" | "minimumAge" | "runtimeMinutes" | "seasonCount" | "score" | "artwork" | "isPlayable" | "assetId" | "durationMs" | "createdAt")[];
                /** @description Returns these fields, too */
                include?: "credits"[];
            };
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path: {
                /** @description The ID or the slug */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Most similar first, by people, genres, name, and synopsis */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelatedTitleList"];
                    "application/xml": components["schemas"]["RelatedTitleList"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["TitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    restoreTitle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The updated title */
            200: {
                headers: {
                    /** @description Path of the title */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleDetails"];
                    "application/xml": components["schemas"]["TitleDetails"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUse"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listTitleChanges: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                    "application/xml": components["schemas"]["ChangePage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["TitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listSeasons: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path: {
                /** @description The ID or the slug */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The seasons, empty for a film */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeasonList"];
                    "application/xml": components["schemas"]["SeasonList"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["TitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createSeason: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSeason"];
                "application/xml": components["schemas"]["NewSeason"];
            };
        };
        responses: {
            /** @description The season */
            201: {
                headers: {
                    /** @description Path of the season */
                    Location?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Season"];
                    "application/xml": components["schemas"]["Season"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrTitleNotASeriesOrSeasonExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getSeason: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path: {
                /** @description The ID or the slug */
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The season */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Season"];
                    "application/xml": components["schemas"]["Season"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    replaceSeason: {
        parameters: {
            query?: {
                /** @description `true` gives an added episode the ID, and therefore the video, of the last removed episode with its number */
                restoreEpisodes?: "true" | "false";
            };
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeasonInput"];
                "application/xml": components["schemas"]["SeasonInput"];
            };
        };
        responses: {
            /** @description The updated season */
            200: {
                headers: {
                    /** @description Path of the season */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Season"];
                    "application/xml": components["schemas"]["Season"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["TitleNotASeries"];
            412: components["responses"]["SeasonChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    deleteSeason: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The season was deleted */
            204: {
                headers: {
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFound"];
            409: components["responses"]["TitleNotASeries"];
            412: components["responses"]["SeasonChanged"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    patchSeason: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["SeasonPatch"];
            };
        };
        responses: {
            /** @description The updated season */
            200: {
                headers: {
                    /** @description Path of the season */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Season"];
                    "application/xml": components["schemas"]["Season"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["TitleNotASeries"];
            412: components["responses"]["SeasonChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getEpisode: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path: {
                /** @description The ID or the slug */
                id: string;
                number: number;
                episode: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The episode */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Episode"];
                    "application/xml": components["schemas"]["Episode"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFoundOrEpisodeNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    replaceEpisode: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
                number: number;
                episode: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EpisodeInput"];
                "application/xml": components["schemas"]["EpisodeInput"];
            };
        };
        responses: {
            /** @description The updated episode */
            200: {
                headers: {
                    /** @description Path of the episode */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Episode"];
                    "application/xml": components["schemas"]["Episode"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFoundOrEpisodeNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["TitleNotASeries"];
            412: components["responses"]["SeasonChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    deleteEpisode: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
                number: number;
                episode: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The episode was deleted */
            204: {
                headers: {
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFoundOrEpisodeNotFound"];
            409: components["responses"]["TitleNotASeries"];
            412: components["responses"]["SeasonChanged"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    patchEpisode: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
                number: number;
                episode: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["EpisodePatch"];
            };
        };
        responses: {
            /** @description The updated episode */
            200: {
                headers: {
                    /** @description Path of the episode */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Episode"];
                    "application/xml": components["schemas"]["Episode"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFoundOrEpisodeNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["TitleNotASeries"];
            412: components["responses"]["SeasonChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    restoreSeason: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The updated season */
            200: {
                headers: {
                    /** @description Path of the season */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Season"];
                    "application/xml": components["schemas"]["Season"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrTitleNotASeries"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listSeasonChanges: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                    "application/xml": components["schemas"]["ChangePage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["SeasonNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    restoreEpisode: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                number: number;
                episode: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The updated episode */
            200: {
                headers: {
                    /** @description Path of the episode */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Episode"];
                    "application/xml": components["schemas"]["Episode"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFoundOrSeasonNotFoundOrEpisodeNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrTitleNotASeries"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    importTitles: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TitleImport"];
                "application/xml": components["schemas"]["TitleImport"];
            };
        };
        responses: {
            /** @description One result per title, in the order of the request */
            200: {
                headers: {
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResults"];
                    "application/xml": components["schemas"]["ImportResults"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    exportTitles: {
        parameters: {
            query?: {
                /** @description Only titles whose external ID begins with `<source>/` */
                source?: string;
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: {
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of titles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitleExportPage"];
                    "application/xml": components["schemas"]["TitleExportPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path: {
                /** @description The ID or the slug */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                    "application/xml": components["schemas"]["Person"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["PersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    replacePerson: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonInput"];
                "application/xml": components["schemas"]["PersonInput"];
            };
        };
        responses: {
            /** @description The updated person */
            200: {
                headers: {
                    /** @description Path of the person */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                    "application/xml": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["PersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["PersonExists"];
            412: components["responses"]["PersonChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    deletePerson: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person was deleted */
            204: {
                headers: {
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["PersonNotFound"];
            412: components["responses"]["PersonChanged"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    patchPerson: {
        parameters: {
            query?: never;
            header: {
                /** @description `ETag` of the resource that the client has read, or `*`. If the resource has changed since, the response is 412. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["PersonPatch"];
            };
        };
        responses: {
            /** @description The updated person */
            200: {
                headers: {
                    /** @description Path of the person */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                    "application/xml": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["PersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["PersonExists"];
            412: components["responses"]["PersonChanged"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonInput"];
                "application/xml": components["schemas"]["PersonInput"];
            };
        };
        responses: {
            /** @description The person */
            201: {
                headers: {
                    /** @description Path of the person */
                    Location?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                    "application/xml": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrPersonExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    restorePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The updated person */
            200: {
                headers: {
                    /** @description Path of the person */
                    "Content-Location"?: string;
                    /** @description Identifies the representation, for `If-Match` and `If-None-Match` */
                    ETag?: string;
                    /** @description Send it with later requests, so that their responses reflect this write. Absent if all later responses reflect it. */
                    "Viernes-Position"?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                    "application/xml": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["PersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUse"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listPersonChanges: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                    "application/xml": components["schemas"]["ChangePage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["PersonNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listDeletions: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: {
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deletions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionPage"];
                    "application/xml": components["schemas"]["DeletionPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrPositionInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getHome: {
        parameters: {
            query?: {
                /** @description Adds the rows `continue-watching` and, if the session has selected the profile, `my-list`. Requires a token. */
                profileId?: string;
            };
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
                /** @description `Viernes-Position` of the latest response to a write of this client. The response reflects that write, unless the request has no token and the response comes from a cache. */
                "Viernes-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The available rows */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                    "application/xml": components["schemas"]["Home"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalidOrPositionInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrPinRequiredOrProfileNotSelected"];
            404: components["responses"]["ProfileNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listUploads: {
        parameters: {
            query: {
                titleId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The uploads */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadList"];
                    "application/xml": components["schemas"]["UploadList"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    startUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUpload"];
                "application/xml": components["schemas"]["NewUpload"];
            };
        };
        responses: {
            /** @description The upload */
            201: {
                headers: {
                    /** @description Path of the upload */
                    Location?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                    "application/xml": components["schemas"]["Upload"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["TitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrTitleHasEpisodes"];
            413: components["responses"]["BodyTooLargeOrUploadTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["UploadLimitReachedOrQuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                    "application/xml": components["schemas"]["Upload"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["UploadNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    abortUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload is aborted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            404: components["responses"]["UploadNotFound"];
            409: components["responses"]["UploadClosed"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    presignUploadParts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: nothing changes. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartNumbers"];
                "application/xml": components["schemas"]["PartNumbers"];
            };
        };
        responses: {
            /** @description The URLs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresignedParts"];
                    "application/xml": components["schemas"]["PresignedParts"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            404: components["responses"]["UploadNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["UploadClosed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    putUploadPart: {
        parameters: {
            query: {
                /** @description Token of the part */
                token: string;
            };
            header?: never;
            path: {
                id: string;
                partNumber: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The part is stored */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            404: components["responses"]["UploadNotFound"];
            409: components["responses"]["UploadClosed"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    completeUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: an upload is completed once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The asset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Asset"];
                    "application/xml": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            404: components["responses"]["UploadNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["UploadClosedOrUploadIncompleteOrUploadSizeMismatchOrUploadChecksumMismatch"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The asset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Asset"];
                    "application/xml": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["AssetNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    watchAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events named `asset` with an Asset as JSON data. Comments between them keep the connection open. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["AssetNotFound"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    watchEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection is now a WebSocket with JSON messages */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            426: components["responses"]["UpgradeRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    startPlayback: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPlayback"];
                "application/xml": components["schemas"]["NewPlayback"];
            };
        };
        responses: {
            /** @description The playback session */
            201: {
                headers: {
                    /** @description Path of the playback session */
                    Location?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playback"];
                    "application/xml": components["schemas"]["Playback"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelectedOrPinRequired"];
            404: components["responses"]["ProfileNotFoundOrTitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrTitleNotPlayable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["StreamLimitReachedOrQuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getMasterPlaylist: {
        parameters: {
            query: {
                /** @description Token of the playback session */
                token: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The master playlist */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apple.mpegurl": string;
                };
            };
            400: components["responses"]["RequestInvalid"];
            404: components["responses"]["PlaybackNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getMediaPlaylist: {
        parameters: {
            query: {
                /** @description Token of the playback session */
                token: string;
            };
            header?: never;
            path: {
                id: string;
                renditionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The media playlist */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apple.mpegurl": string;
                };
            };
            400: components["responses"]["RequestInvalid"];
            404: components["responses"]["PlaybackNotFoundOrRenditionNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getMedia: {
        parameters: {
            query: {
                /** @description Token of the playback session */
                token: string;
            };
            header?: never;
            path: {
                id: string;
                renditionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The complete rendition */
            200: {
                headers: {
                    /** @description Entity tag of the rendition, which never changes */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description The requested range */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description The rendition matches `If-None-Match` or `If-Modified-Since` */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            404: components["responses"]["PlaybackNotFoundOrRenditionNotFound"];
            /** @description The rendition does not match `If-Match` or `If-Unmodified-Since` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range is outside the rendition */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    heartbeatPlayback: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: the latest position counts. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaybackHeartbeat"];
                "application/xml": components["schemas"]["PlaybackHeartbeat"];
            };
        };
        responses: {
            /** @description The time at which the session expires without another heartbeat */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybackExpiry"];
                    "application/xml": components["schemas"]["PlaybackExpiry"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            404: components["responses"]["PlaybackNotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    endPlayback: {
        parameters: {
            query?: {
                /** @description Last position */
                positionMs?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            404: components["responses"]["PlaybackNotFound"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createParty: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewParty"];
                "application/xml": components["schemas"]["NewParty"];
            };
        };
        responses: {
            /** @description The party, paused at the beginning */
            201: {
                headers: {
                    /** @description Path of the party */
                    Location?: string;
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Party"];
                    "application/xml": components["schemas"]["Party"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrProfileNotSelected"];
            404: components["responses"]["ProfileNotFoundOrTitleNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrTitleNotPlayable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["PartyLimitReachedOrQuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getParty: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From the link of the party */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The party */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Party"];
                    "application/xml": components["schemas"]["Party"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelected"];
            404: components["responses"]["PartyNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    joinParty: {
        parameters: {
            query?: {
                /** @description Number of the latest received text */
                after?: number;
            };
            header?: never;
            path: {
                /** @description From the link of the party */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection to the party */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejected"];
            426: components["responses"]["UpgradeRequired"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["OverloadedOrDependencyUnavailable"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhooks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                    "application/xml": components["schemas"]["WebhookList"];
                };
            };
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
                "application/xml": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description The webhook and its secret */
            201: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                    "application/xml": components["schemas"]["WebhookSecret"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrWebhooksUnavailableOrWebhookLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                    "application/xml": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["WebhookNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook receives no further messages */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["WebhookNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    patchWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description The updated webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                    "application/xml": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["WebhookNotFound"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookSecretRotation"];
                "application/xml": components["schemas"]["WebhookSecretRotation"];
            };
        };
        responses: {
            /** @description The webhook and its new secret */
            201: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                    "application/xml": components["schemas"]["WebhookSecret"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["WebhookNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeUnsupported"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is sent soon */
            202: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                    "application/xml": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["WebhookNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrWebhookDisabled"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                    "application/xml": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["WebhookNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random value, such as a UUID. For 24 hours, a repeated request with the same key has no further effect, and returns the same response. A different request with the same key returns 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is sent soon */
            202: {
                headers: {
                    /** @description `true` if the response is the stored response to an earlier request */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                    "application/xml": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["WebhookNotFoundOrWebhookDeliveryNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["IdempotencyKeyInUseOrWebhookDisabled"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listDeadLetters: {
        parameters: {
            query: {
                service: components["schemas"]["DeadLetterService"];
                state?: components["schemas"]["DeadLetterState"];
                pageSize?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                    "application/xml": components["schemas"]["DeadLetterPage"];
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                service: components["schemas"]["DeadLetterService"];
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterDetail"];
                    "application/xml": components["schemas"]["DeadLetterDetail"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["DeadLetterNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    dropDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                service: components["schemas"]["DeadLetterService"];
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event will not be processed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["DeadLetterNotFound"];
            409: components["responses"]["DeadLetterResolved"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    redriveDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Has no effect. The request can be repeated without a key: an event is redriven once. */
                "Idempotency-Key"?: string;
            };
            path: {
                service: components["schemas"]["DeadLetterService"];
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dead letter */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                    "application/xml": components["schemas"]["DeadLetter"];
                };
            };
            400: components["responses"]["RequestInvalidOrIdempotencyKeyInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrCsrfRejectedOrForbidden"];
            404: components["responses"]["DeadLetterNotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["DeadLetterResolved"];
            429: components["responses"]["QuotaExceededOrRateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getDebugTrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Trace ID, as in the header X-Trace-Id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The spans that are known so far, by start time */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebugTrace"];
                    "application/xml": components["schemas"]["DebugTrace"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrForbidden"];
            404: components["responses"]["TraceNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    listUsage: {
        parameters: {
            query?: {
                /** @description Rounded down to an hour. Absent: 24 hours before `to` */
                from?: string;
                /** @description Rounded up to an hour, at most 62 days after `from`. Absent: now */
                to?: string;
                /** @description The time that a row covers. Absent: `hour` */
                interval?: "hour" | "day" | "total";
                /** @description Dimensions by which rows are grouped. The fields of other dimensions are absent */
                groupBy?: ("account" | "apiKey" | "operation" | "status")[];
                /** @description `time`: oldest first, the default. `calls`: most calls first */
                sort?: "time" | "calls";
                /** @description Absent: the account of the caller, or all accounts for admins */
                accountId?: string;
                /** @description Only calls with this API key */
                apiKeyId?: string;
                /** @description Only calls of this `operationId` */
                operation?: string;
                pageSize?: number;
                /** @description `nextCursor` of the previous page. Send it with the `from` and `to` of that page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rows. Calls appear a few seconds after their response */
            200: {
                headers: {
                    /** @description The next page, with the relation `next` (RFC 8288). Absent on the last page */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageReport"];
                    "application/xml": components["schemas"]["UsageReport"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["RequestInvalidOrCursorInvalid"];
            401: components["responses"]["UnauthenticatedOrSessionEnded"];
            403: components["responses"]["ScopeMissingOrProfileNotSelectedOrProfileLimitedOrForbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of an earlier response. If it is still current, the response is 304 without a body. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiDocument"];
                };
            };
            /** @description Not modified */
            304: {
                headers: {
                    /** @description Identifies the bytes of the body. Absent if the request has a token, except for resources that editors change. */
                    ETag?: string;
                    /** @description Shared caches can serve the response for `s-maxage`. `no-store` if the request has a token. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
    getProblemType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Last segment of `type` in a problem */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry of the error table, with the title in an accepted language */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemType"];
                    "application/xml": components["schemas"]["ProblemType"];
                };
            };
            400: components["responses"]["RequestInvalid"];
            404: components["responses"]["RouteNotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["DependencyUnavailableOrOverloaded"];
            504: components["responses"]["DeadlineExceeded"];
        };
    };
}
