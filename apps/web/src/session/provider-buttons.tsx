import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { RequestForm } from '../ui/request-form.js';
import { PROVIDER_QUERY, startProviderSignIn } from './provider-sign-in.js';

/** Signs in, or creates an account, with another service. Shows nothing if the platform has no providers. */
export function ProviderButtons({ path }: { readonly path: string }) {
  const { data: providers = [] } = useQuery(PROVIDER_QUERY);
  return providers.map(({ id, name }) => (
    <div key={id} className="session-alternative">
      <RequestForm send={() => startProviderSignIn(id, path)} submitText={t('signIn.withProvider', { name })} isQuiet>
        {() => null}
      </RequestForm>
    </div>
  ));
}
