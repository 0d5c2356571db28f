package io.sallyport.userstore.file.internal;

import static io.sallyport.userstore.file.internal.AccountReader.PASSWORD;
import static io.sallyport.userstore.file.internal.AccountReader.PASSWORD_EPOCH;

import io.sallyport.api.Secret;
import io.sallyport.spi.ConfigurationFiles.Edit;
import io.sallyport.spi.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several hashes that are replaced at once. It is intended that all users stay as they are, except that these
 * have their new hash and the epoch that keeps their stamp, each of them both or neither.
 */
final class UpgradeEdit implements Edit<Users> {

  private final Map<String, Upgrade> upgrades = new HashMap<>();

  UpgradeEdit(List<Upgrade> upgrades) {
    upgrades.forEach(upgrade -> this.upgrades.put(upgrade.userId(), upgrade));
  }

  @Override
  public String list() {
    return UsersReader.USERS;
  }

  @Override
  public Map<String, Secret> texts(Settings element) {
    String id = element
        .optionalText(UsersReader.ID)
        .orElseGet(() -> element.text(UsersReader.USERNAME, ""));
    Upgrade upgrade = upgrades.get(id);
    if (upgrade == null) {
      return Map.of();
    }
    // what is in force was read in the same form, and may be a password where that permits it
    Account account = AccountReader.account(element, true);
    if (!upgrade.isFor(account)) {
      return Map.of();
    }
    Account upgraded = account.upgraded(upgrade.replacement());
    Map<String, Secret> texts = new LinkedHashMap<>();
    texts.put(PASSWORD, upgrade.replacement());
    String epoch = upgraded.passwordEpoch();
    if (epoch != null && !epoch.equals(account.passwordEpoch())) {
      texts.put(PASSWORD_EPOCH, Secret.ofText(epoch));
    }
    return texts;
  }

  @Override
  public boolean isIntended(Users before, Users after) {
    return after.isSameBut(before, (id, account) -> {
      Upgrade upgrade = upgrades.get(id);
      if (upgrade == null || !upgrade.isFor(account)) {
        return account;
      }
      boolean written =
          after.accountOf(id).map(now -> now.has(upgrade.replacement())).orElse(false);
      return written ? account.upgraded(upgrade.replacement()) : account;
    });
  }
}
