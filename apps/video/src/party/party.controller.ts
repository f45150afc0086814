import { Controller } from '@nestjs/common';
import { GrpcMethod, GrpcStreamMethod, Payload } from '@nestjs/microservices';
import { videoV1 } from '@viernes/contracts';
import { Idempotent, Transactions } from '@viernes/database';
import { Access, CallSignal, CurrentCaller, Shutdown, type Caller } from '@viernes/platform';
import { Observable } from 'rxjs';
import { assertAudience } from '../playback/audience.js';
import { CreateParty } from './create-party.service.js';
import { JoinParty } from './join-party.service.js';
import { ParticipantRepository } from './participant.repository.js';
import { PartyAccess, requireGuest } from './party-access.js';
import { CreatePartyRequest, GetPartyRequest } from './party.requests.js';

/** Any signed-in account with the code of a party can join it. */
@Controller()
@Access('account')
export class PartyController {
  constructor(
    private readonly create: CreateParty,
    private readonly join: JoinParty,
    private readonly access: PartyAccess,
    private readonly participants: ParticipantRepository,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  @GrpcMethod('VideoService', 'createParty')
  @Idempotent(videoV1.VideoServiceService.createParty)
  async createParty(
    @Payload({ schema: CreatePartyRequest }) request: CreatePartyRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<videoV1.CreatePartyResponse> {
    assertAudience(caller, { ...request, titleId: request.videoId });
    return { party: await this.create.run(caller.accountId, request) };
  }

  @GrpcMethod('VideoService', 'getParty')
  async getParty(
    @Payload({ schema: GetPartyRequest }) { code }: GetPartyRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<videoV1.GetPartyResponse> {
    const guest = requireGuest(caller);
    return this.transactions.run(async (tx) => {
      const { id, titleId, videoId, durationMs } = await this.access.getParty(tx, guest, code);
      const { length } = await this.participants.listPresent(tx, id);
      return { party: { titleId, videoId, code, durationMs, participantCount: length } };
    });
  }

  /** Ends the stream without an error at shutdown, so that its client joins through another replica. */
  @GrpcStreamMethod('VideoService', 'joinParty')
  joinParty(
    @Payload() requests: Observable<videoV1.JoinPartyRequest>,
    @CallSignal() cancelled: AbortSignal,
    @CurrentCaller() caller: Caller,
  ): Observable<videoV1.JoinPartyResponse> {
    const guest = requireGuest(caller);
    return new Observable((subscriber) => {
      const leaving = new AbortController();
      const signal = AbortSignal.any([cancelled, leaving.signal, this.shutdown.signal]);
      const send = (response: videoV1.JoinPartyResponse): void => subscriber.next(response);
      this.join.run(guest, requests, send, signal).then(
        () => subscriber.complete(),
        (error: unknown) => subscriber.error(error),
      );
      return () => leaving.abort();
    });
  }
}
