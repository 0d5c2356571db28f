package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.userstore.jdbc.Server;

class LoginAttemptsOnMariaDbTest extends JdbcLoginAttemptsContract {

  LoginAttemptsOnMariaDbTest() {
    super(Server.MARIADB);
  }
}
