namespace Granary.Silo.Operator.Access;

/// <summary>The tokens of a silo, one for each role.</summary>
/// <param name="operate">Reads and commands.</param>
/// <param name="view">Reads.</param>
public sealed class AccessTokens(OperatorToken operate, OperatorToken view)
{
    /// <summary>The token that commands.</summary>
    public OperatorToken Operate { get; } = operate;

    /// <summary>The token that only reads.</summary>
    public OperatorToken View { get; } = view;

    /// <summary>The role that an Authorization header proves. Both tokens are always compared, so that the time taken tells neither.</summary>
    public OperatorRole RoleOf(string? authorization)
    {
        var operates = Operate.IsCarriedBy(authorization);
        var views = View.IsCarriedBy(authorization);
        return operates ? OperatorRole.Operate : views ? OperatorRole.View : OperatorRole.None;
    }
}
