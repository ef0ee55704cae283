package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.hierynomus.sshj.transport.kex.DHG;
import com.hierynomus.sshj.transport.kex.DHGroups;
import java.util.List;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.kex.KeyExchange;
import org.junit.jupiter.api.Test;

/** What is offered to servers. */
class SshAlgorithmsTest {
  @Test
  void keyExchangesThatArePreparedLateAreThoseOfTheirNames() {
    List<Factory.Named<KeyExchange>> late =
        List.of(DHGroups.Group16SHA512(), DHGroups.Group18SHA512(), DHGroups.Group14SHA256());
    assertThat(SshAlgorithms.config().getKeyExchangeFactories())
        .filteredOn(factory -> factory.getName().contains("group"))
        .extracting(Factory.Named::getName)
        .containsExactlyElementsOf(late.stream().map(Factory.Named::getName).toList());
    for (Factory.Named<KeyExchange> offered : SshAlgorithms.config().getKeyExchangeFactories()) {
      if (offered.getName().contains("group")) {
        assertThat(offered.create()).isInstanceOf(DHG.class);
      }
    }
  }
}
