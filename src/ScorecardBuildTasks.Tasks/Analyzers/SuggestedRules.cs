using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ScorecardBuildTasks.Tasks.Analyzers;

/// <summary>
/// Tells which rules of an analyzer's assembly only suggest by default. It reads the code that describes them, and runs none of it: nothing of somebody else's is loaded into MSBuild.
/// What is not written there as a constant is left out, and that rule stays as it is.
/// </summary>
sealed class SuggestedRules
{
    static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields().Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => (int)(ushort)code.Value);

    readonly MetadataReader reader;
    readonly DescriptorFactories factories;
    readonly Dictionary<int, (int Arguments, bool IsInstance, bool Returns)> shapes = [];
    readonly HashSet<string> suggested = new(StringComparer.Ordinal);
    readonly HashSet<string> others = new(StringComparer.Ordinal);

    SuggestedRules(MetadataReader reader) => (this.reader, factories) = (reader, new DescriptorFactories(reader));

    /// <returns>The ids; none for a file that is no assembly of .NET.</returns>
    public static IReadOnlyList<string> In(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        if (!file.HasMetadata)
            return [];
        var rules = new SuggestedRules(file.GetMetadataReader());
        if (rules.factories.Any)
        {
            foreach (var handle in rules.reader.MethodDefinitions)
            {
                if (rules.reader.GetMethodDefinition(handle).RelativeVirtualAddress is var address and not 0 && file.GetMethodBody(address) is var body && rules.DescribesRules(body.GetILReader()))
                    rules.Follow(body.GetILReader());
            }
        }

        rules.suggested.ExceptWith(rules.others);
        return [.. rules.suggested.Order(StringComparer.Ordinal)];
    }

    bool DescribesRules(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            var operation = Read(ref code);
            if (operation.OperandType == OperandType.InlineMethod)
            {
                if (factories.Contains(code.ReadInt32()))
                    return true;
            }
            else
            {
                Skip(ref code, operation);
            }
        }

        return false;
    }

    /// <summary>Goes through a method from its first instruction to its last and keeps what lies on the stack, as far as it is a constant. At a jump nothing is known any more.</summary>
    void Follow(BlobReader code)
    {
        var stack = new Stack<object?>();
        while (code.RemainingBytes > 0)
        {
            var operation = Read(ref code);
            if (operation.OperandType == OperandType.InlineMethod)
            {
                Call(operation, code.ReadInt32(), stack);
            }
            else if (operation == OpCodes.Ldstr)
            {
                stack.Push(reader.GetUserString((UserStringHandle)MetadataTokens.Handle(code.ReadInt32())));
            }
            else if (Number(operation, code) is { } number)
            {
                Skip(ref code, operation);
                stack.Push(number);
            }
            else if (operation == OpCodes.Dup)
            {
                stack.Push(stack.TryPeek(out var top) ? top : null);
            }
            else
            {
                Skip(ref code, operation);
                if (operation.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
                    stack.Clear();
                else
                    Pass(stack, Count(operation.StackBehaviourPop), Count(operation.StackBehaviourPush));
            }
        }
    }

    void Call(OpCode operation, int token, Stack<object?> stack)
    {
        if (operation != OpCodes.Call && operation != OpCodes.Callvirt && operation != OpCodes.Newobj)
        {
            Pass(stack, Count(operation.StackBehaviourPop), Count(operation.StackBehaviourPush));
            return;
        }

        if (!shapes.TryGetValue(token, out var shape))
            shapes.Add(token, shape = factories.Shape(token));
        var makes = operation == OpCodes.Newobj;
        if (factories.Contains(token))
        {
            var arguments = Enumerable.Range(0, shape.Arguments).Select(_ => stack.TryPop(out var argument) ? argument : null).Reverse().ToArray();
            if (factories.Suggested(token, arguments) is { } suggestion)
                suggested.Add(suggestion);
            else if (DescriptorFactories.Id(arguments) is { } other)
                others.Add(other);
            stack.Push(null);
            return;
        }

        Pass(stack, shape.Arguments + (shape.IsInstance && !makes ? 1 : 0), makes || shape.Returns ? 1 : 0);
    }

    static void Pass(Stack<object?> stack, int popped, int pushed)
    {
        for (; popped > 0; popped--)
            stack.TryPop(out _);
        for (; pushed > 0; pushed--)
            stack.Push(null);
    }

    /// <summary><c>Popi_popi8</c> takes two, <c>Pop0</c> and <c>Push0</c> none.</summary>
    static int Count(StackBehaviour behaviour) => behaviour is StackBehaviour.Pop0 or StackBehaviour.Push0 ? 0 : behaviour.ToString().Count(c => c == '_') + 1;

    static int? Number(OpCode operation, BlobReader code)
    {
        if (operation == OpCodes.Ldc_I4)
            return code.ReadInt32();
        if (operation == OpCodes.Ldc_I4_S)
            return code.ReadSByte();
        return operation.Value >= OpCodes.Ldc_I4_M1.Value && operation.Value <= OpCodes.Ldc_I4_8.Value ? operation.Value - OpCodes.Ldc_I4_0.Value : null;
    }

    static OpCode Read(ref BlobReader code)
    {
        int value = code.ReadByte();
        if (value == 0xFE)
            value = 0xFE00 | code.ReadByte();
        return OpCodesByValue.TryGetValue(value, out var operation) ? operation : throw new BadImageFormatException($"0x{value:x} is no instruction");
    }

    static void Skip(ref BlobReader code, OpCode operation) => code.Offset += operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * code.ReadInt32(),
        _ => 4,
    };
}
