using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

public sealed class WalletBookTests
{
    [Fact]
    public void A_fill_counts_once_whether_it_comes_before_or_after_the_statement_that_contains_it()
    {
        var before = new WalletBook();
        before.State(1000, 10);
        before.Add(-5, 20);
        before.Balance.ShouldBe(995);
        before.State(995, 20);
        before.Balance.ShouldBe(995);

        var after = new WalletBook();
        after.State(1000, 10);
        after.State(995, 20);
        after.Add(-5, 20);
        after.Balance.ShouldBe(995);
    }

    [Fact]
    public void A_statement_keeps_the_fills_after_it_and_an_old_one_is_ignored()
    {
        var wallet = new WalletBook();
        wallet.Balance.ShouldBeNull();
        wallet.State(1000, 10);
        wallet.Add(-5, 20);
        wallet.Add(7, 30);
        wallet.State(995, 20);
        wallet.Balance.ShouldBe(1002);
        wallet.State(1, 15);
        wallet.Balance.ShouldBe(1002);
    }

    [Fact]
    public void More_fills_than_fit_stay_in_the_balance()
    {
        var wallet = new WalletBook();
        wallet.State(1000, 0);
        for (var i = 1; i <= WalletBook.LaterMax + 10; i++) wallet.Add(1, i);
        wallet.Balance.ShouldBe(1000 + WalletBook.LaterMax + 10);
    }
}
