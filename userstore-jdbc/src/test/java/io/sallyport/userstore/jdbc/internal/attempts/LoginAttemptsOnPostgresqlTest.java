package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.userstore.jdbc.Server;

class LoginAttemptsOnPostgresqlTest extends JdbcLoginAttemptsContract {

  LoginAttemptsOnPostgresqlTest() {
    super(Server.POSTGRESQL);
  }
}
