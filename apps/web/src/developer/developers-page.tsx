import { t } from 'i18next';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ApiKeySecret } from '../account/api-keys.js';
import { NewApiKey } from '../account/new-api-key.js';
import { TextField } from '../ui/field.js';
import { IssuedSecret } from '../ui/issued-secret.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { ApiCard } from './api-card.js';
import { toCalls, toCommands } from './api-call.js';
import { LiveEventList } from './live-event-list.js';
import { sendCall, sendSocketMessage } from './send-call.js';
import './developers.css';

/** EDGE_GRPC_PORT of `npm start`. */
const GRPC_PORT = 8405;

/** The APIs of the platform: an API key, a command for each of them, and live events. */
export function DevelopersPage() {
  usePageTitle(t('developers.heading'));
  return (
    <div className="page developers">
      <header>
        <h1>{t('developers.heading')}</h1>
        <p>{t('developers.text')}</p>
      </header>
      <Apis />
    </div>
  );
}

function Apis() {
  const { origin, hostname } = window.location;
  const [issued, setIssued] = useState<ApiKeySecret>();
  const [apiKey, setApiKey] = useState('');
  const [grpcUrl, setGrpcUrl] = useState(`http://${hostname}:${GRPC_PORT}`);
  const target = { origin, grpcUrl, apiKey: apiKey.trim() };
  const { rest, soap, connect } = toCalls(target);
  const commands = toCommands(target);
  const onCreated = (created: ApiKeySecret): Promise<void> => {
    setIssued(created);
    setApiKey(created.secret);
    return Promise.resolve();
  };
  return (
    <>
      <div className="developers-start">
        <div className="developers-key">
          {issued ? (
            <IssuedSecret
              key={issued.secret}
              heading={t('apiKeys.secret', { name: issued.apiKey.name })}
              secret={issued.secret}
            />
          ) : null}
          {/* A new API key resets the form. */}
          <NewApiKey key={issued?.secret} onCreated={onCreated} initialScopes={['catalog:read']} />
          <Link to="/account/api-keys">{t('apiKeys.manage')}</Link>
        </div>
        <LiveEventList />
      </div>
      <section className="developers-apis" aria-labelledby="apis">
        <h2 id="apis">{t('developers.commands')}</h2>
        <p>{t('developers.commandsText')}</p>
        <div className="developers-target">
          <TextField
            label={t('developers.apiKey')}
            hint={t('developers.apiKeyHint')}
            value={apiKey}
            onChange={({ target: { value } }) => setApiKey(value)}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            label={t('developers.grpcUrl')}
            hint={t('developers.grpcUrlHint')}
            type="url"
            value={grpcUrl}
            onChange={({ target: { value } }) => setGrpcUrl(value)}
            autoComplete="off"
          />
        </div>
        <div className="developers-cards">
          <ApiCard
            name={t('developers.rest')}
            text={t('developers.restText')}
            command={commands.rest}
            send={() => sendCall(rest)}
          />
          <ApiCard
            name={t('developers.soap')}
            text={t('developers.soapText')}
            command={commands.soap}
            send={() => sendCall(soap)}
          />
          <ApiCard
            name={t('developers.websocket')}
            text={t('developers.websocketText')}
            command={commands.websocket}
            send={() => sendSocketMessage(origin)}
          />
          <ApiCard name={t('developers.grpc')} text={t('developers.grpcText')} command={commands.grpc} />
          <ApiCard
            name={t('developers.connect')}
            text={t('developers.connectText')}
            command={commands.connect}
            send={() => sendCall(connect)}
          />
        </div>
      </section>
    </>
  );
}
