import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { SigningKeys } from './signing-keys.js';

@Controller()
export class SigningKeyController {
  constructor(private readonly signingKeys: SigningKeys) {}

  @GrpcMethod('UserService', 'getJwks')
  async getJwks(): Promise<userV1.GetJwksResponse> {
    return { jwksJson: JSON.stringify(await this.signingKeys.jwks()) };
  }
}
